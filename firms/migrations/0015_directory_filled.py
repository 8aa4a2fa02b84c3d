from django.db import migrations

FILL = r"""
SET LOCAL statement_timeout = 0;
INSERT INTO firms_directoryentry (organization_id, is_listed, country_code, kind, size_class,
    verification, visibility, sort_name, tags, document)
SELECT id, false, '', kind, size_class, verification, visibility, '', '{}', '' FROM firms_organization;
ANALYZE firms_directoryentry;
DO $$
DECLARE first bigint := 0; last bigint;
BEGIN
    LOOP
        SELECT max(id) INTO last FROM (
            SELECT id FROM firms_organization WHERE id > first ORDER BY id LIMIT 500) batch;
        EXIT WHEN last IS NULL;
        PERFORM firms_refresh_entries(array(
            SELECT id FROM firms_organization WHERE id > first AND id <= last));
        first := last;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("firms", "0014_directory")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
