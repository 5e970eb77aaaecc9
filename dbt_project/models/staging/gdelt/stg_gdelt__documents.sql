with source as (

    select * from {{ source('gdelt', 'gdelt__documents') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        record_id,
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        outlet_domain,
        -- The column above often leaves out the edition: asia.nikkei.com comes as nikkei.com.
        regexp_replace(
            lower(substring(url from '^https?://(?:[^/?#@]*@)?([^/:?#]+)')), '^www\.', ''
        ) as url_host,
        url,
        title,
        language_code_iso639_3,
        tone,
        polarity,
        word_count,
        -- The seven values that V2Tone gives: equal vectors mean equal text. Null: not scored.
        case
            when tone is not null
                then
                    md5(concat_ws(
                        ' ', tone, tone_positive, tone_negative, polarity, activity_density,
                        self_group_density, word_count
                    ))
        end as tone_key
    from source

)

select * from renamed
