"""Tiếng Vang: a warehouse for international coverage of a country. Importable without Airflow."""

import os

# Before anybody imports numpy: its matrices are small here, and threads that wait for each other on a
# busy machine cost more than they bring.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
