from django.db import migrations

# Lower case, accents dropped, and the letters that Unicode does not take apart spelt out, so that
# "Łódź" is found by "lodz". Immutable, so that an index and a generated column may rest on it.
MAKE = r"""
CREATE FUNCTION waymeet_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN replace(replace(replace(translate(
    regexp_replace(normalize(lower(value), NFD), '[\u0300-\u036f]', '', 'g'),
    'øłđı’‘', 'oldi'''''), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (migrations.RunSQL(MAKE, "DROP FUNCTION waymeet_fold(text)"),)
