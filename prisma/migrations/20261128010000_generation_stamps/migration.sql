-- AlterTable
ALTER TABLE "Connector" ADD COLUMN "generation" BIGINT NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "Instance" ADD COLUMN "generation" BIGINT NOT NULL DEFAULT 1;

-- Written by hand ---------------------------------------------------------------------------------------------------
--
-- Two stamps make the check before a request one query (DATA §13): what a process remembers of a connector or of an
-- instance holds for as long as its stamp is the same. A stamp is raised in the transaction of the change, so whoever
-- sees the change sees the stamp.
--
-- Each statement raises each stamp once, however many rows it changes, and takes the rows that it raises in the order of
-- their ids. The lock on the connector's row makes two edits of one connector wait for each other; a call takes none.

-- The stamp of the connectors that the changed rows belong to. A connector that is being deleted is gone by then.
CREATE FUNCTION raise_connector_generations(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "Connector" WHERE "id" = ANY(ids) ORDER BY "id" FOR NO KEY UPDATE;
  UPDATE "Connector" SET "generation" = "generation" + 1 WHERE "id" = ANY(ids);
END $$;

CREATE FUNCTION definition_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT "connectorId") INTO ids FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT "connectorId") INTO ids FROM old_rows;
  ELSE
    SELECT array_agg(DISTINCT "connectorId") INTO ids FROM (SELECT "connectorId" FROM old_rows UNION ALL SELECT "connectorId" FROM new_rows) changed;
  END IF;
  IF ids IS NOT NULL THEN
    PERFORM raise_connector_generations(ids);
  END IF;
  RETURN NULL;
END $$;

-- The stamp of the instances that the changed rows belong to. An update whose rows differ in nothing but the columns named
-- as parameters changes nothing that a call is made from: the lease of a token, what was told about a certificate.
CREATE FUNCTION credentials_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids uuid[];
  ignored text[] := coalesce(TG_ARGV, '{}');
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT "instanceId") INTO ids FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT "instanceId") INTO ids FROM old_rows;
  ELSE
    SELECT array_agg(DISTINCT "instanceId") INTO ids FROM (
      SELECT "instanceId" FROM (SELECT "instanceId", to_jsonb(old_rows) - ignored AS "row" FROM old_rows
        EXCEPT SELECT "instanceId", to_jsonb(new_rows) - ignored FROM new_rows) before
      UNION ALL
      SELECT "instanceId" FROM (SELECT "instanceId", to_jsonb(new_rows) - ignored AS "row" FROM new_rows
        EXCEPT SELECT "instanceId", to_jsonb(old_rows) - ignored FROM old_rows) after
    ) changed;
  END IF;
  IF ids IS NOT NULL THEN
    PERFORM FROM "Instance" WHERE "id" = ANY(ids) ORDER BY "id" FOR NO KEY UPDATE;
    UPDATE "Instance" SET "generation" = "generation" + 1 WHERE "id" = ANY(ids);
  END IF;
  RETURN NULL;
END $$;

-- One trigger per kind of statement: Postgres hands the changed rows to triggers of a single event only.
DO $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT name, 'definition_changed' AS function, '{}'::text[] AS ignored FROM unnest(ARRAY[
      'ConnectorOrigin', 'Variable', 'VariableUse', 'Parameter', 'AuthenticationMethod', 'AuthenticationPhase',
      'MethodValue', 'Endpoint', 'Enablement']) AS name
    UNION ALL SELECT 'InstanceValue', 'credentials_changed', '{}'
    UNION ALL SELECT 'KeptValue', 'credentials_changed', '{}'
    UNION ALL SELECT 'InstanceToken', 'credentials_changed', '{fence,leaseOwner,leaseUntil}'
    UNION ALL SELECT 'Certificate', 'credentials_changed', '{warned}'
  LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()',
      part.name || '_insert_generation', part.name, part.function);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION %I()',
      part.name || '_delete_generation', part.name, part.function);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION %I(%s)',
      part.name || '_update_generation', part.name, part.function,
      (SELECT string_agg(quote_literal(name), ', ') FROM unnest(part.ignored) AS name));
  END LOOP;
END $$;

-- The rows themselves raise their own stamp as they are written, unless the stamp is all that the statement writes.
CREATE FUNCTION raise_own_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
    NEW."generation" := OLD."generation" + 1;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Connector_own_generation" BEFORE UPDATE ON "Connector"
  FOR EACH ROW WHEN (OLD."generation" = NEW."generation")
  EXECUTE FUNCTION raise_own_generation('icon', 'iconType', 'colour', 'updatedAt', 'updatedById');
-- What a test or a call finds out about an instance changes none of its requests, unless it changes the status.
CREATE TRIGGER "Instance_own_generation" BEFORE UPDATE ON "Instance"
  FOR EACH ROW WHEN (OLD."generation" = NEW."generation")
  EXECUTE FUNCTION raise_own_generation('statusSince', 'lastVerifiedAt', 'lastVerifiedById', 'lastVerification', 'updatedAt', 'updatedById');
