{#-
    What makes two spellings of a page's address one: no scheme, www., fragment, campaign parameters or
    trailing slash, ASCII letters lower.
-#}
{% macro address_key(url) -%}
    rtrim(
        regexp_replace(
            regexp_replace(
                regexp_replace(lower({{ url }}), '^\s*https?://(www\.)?|#.*$|\s+$', '', 'g'),
                '([?&])(utm_[a-z]+|fbclid|gclid)=[^&]*', '\1', 'g'
            ),
            '[?&]+$', ''
        ),
        '/'
    )
{%- endmacro %}
