"""The labelled audit of aboutness: are the documents that pass the gates about the country?

An office gets a template of sampled documents (``sample``, ``template``), answers it, and gives it back
(``answers``, ``loading``). What the answers say of a language is computed by the warehouse.
"""

SOURCE = "audit"
# That of the variable audit_sample_size of the dbt project.
SAMPLE_SIZE = 50
