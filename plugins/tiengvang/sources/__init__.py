"""One module per source: its declaration, the files a window must have, and its parser."""
