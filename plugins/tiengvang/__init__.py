"""Tiếng Vang: a warehouse for international coverage of a country. Importable without Airflow."""
