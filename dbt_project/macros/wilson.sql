{#-
    One limit of the score interval of a share at 95 %: Wilson, "Probable inference, the law of
    succession, and statistical inference", JASA 22 (1927). Unlike the interval of plus and minus two
    standard errors it never leaves 0 to 1, and it has a width where every answer is the same.
    `sign` is -1 for the lower limit, 1 for the upper one.
-#}
{% macro wilson(successes, trials, sign) -%}
    {%- set z = 1.959963984540054 -%}
    (
        ({{ successes }} + {{ z * z / 2 }}) / ({{ trials }} + {{ z * z }})
        + {{ sign }} * {{ z }} / ({{ trials }} + {{ z * z }}) * sqrt(
            {{ successes }}::double precision * ({{ trials }} - {{ successes }}) / {{ trials }}
            + {{ z * z / 4 }}
        )
    )::double precision
{%- endmacro %}
