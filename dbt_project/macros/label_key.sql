{#-
    The one rule by which printed labels match: composed letters, lower case, and nothing but letters
    and digits, so that "Ô-xtrây-li-a", "Ôx-trây-li-a" and "Xây- Sen", "Xây-Sen" meet. Vietnamese
    capitals are written out because a server whose locale is C lowers only those of ASCII.
-#}
{% macro label_key(label) -%}
    regexp_replace(
        lower(translate(
            normalize({{ label }}, nfc),
            'ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ',
            'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ'
        )),
        '[\s\u00a0\u200b\u2010-\u2015\u2018\u2019''"_.,;:()/*-]+', '', 'g'
    )
{%- endmacro %}
