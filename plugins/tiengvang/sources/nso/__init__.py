"""Monthly workbooks of Vietnam's National Statistics Office: bytes in, figures and rejects out."""
