"""The page that Airflow's interface shows: what is there, what is held, and what each door saw.

Nothing here imports Airflow, and nothing heavy: ``plugins/tiengvang_plugin.py`` brings in the login.
"""
