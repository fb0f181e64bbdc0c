-- The shapes of a flow are a tree: each follows another one, the first follows the trigger. Until now the shapes of a flow
-- were independent of each other, so each one but the first becomes a flow of its own.
ALTER TABLE "Shape"
    ADD COLUMN "key" UUID,
    ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'connection',
    ADD COLUMN "parentId" UUID,
    ADD COLUMN "leg" TEXT NOT NULL DEFAULT '';
UPDATE "Shape" SET "key" = "id";
ALTER TABLE "Shape" ALTER COLUMN "key" SET NOT NULL, ALTER COLUMN "key" SET DEFAULT gen_random_uuid();

-- As `foldName` (lib/domain/names.ts) makes it. The database's own collation may know ASCII only.
CREATE FUNCTION pg_temp.folded(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  clean text := regexp_replace(btrim(normalize(name, NFKC)), '\s+', ' ', 'g');
  result text;
BEGIN
  IF EXISTS (SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu') THEN
    EXECUTE 'SELECT lower($1 COLLATE "und-x-icu")' INTO result USING clean;
    RETURN result;
  END IF;
  RETURN lower(clean);
END $$;

DO $$
DECLARE
  source record;
  part record;
  title text;
  flow_name text;
  flow_key text;
  n int;
  flow_id uuid;
  version_id uuid;
BEGIN
  FOR source IN
    SELECT v."id" AS "versionId", f.* FROM "FlowVersion" v JOIN "Flow" f ON f."id" = v."flowId"
    WHERE v."state" = 'draft' ORDER BY f."createdAt", f."id"
  LOOP
    FOR part IN
      SELECT "id", "name" FROM "Shape" WHERE "flowVersionId" = source."versionId" ORDER BY "positionY", "positionX", "id" OFFSET 1
    LOOP
      -- 120 characters is the longest name. The end is free for a number.
      title := left(source."name" || ' – ' || part."name", 112);
      flow_name := title;
      n := 1;
      WHILE EXISTS (SELECT 1 FROM "Flow" WHERE "workspaceId" = source."workspaceId" AND "foldedName" = pg_temp.folded(flow_name)) LOOP
        n := n + 1;
        flow_name := title || ' ' || n;
      END LOOP;
      n := 2;
      flow_key := left(source."key", 60) || '-2';
      WHILE EXISTS (SELECT 1 FROM "Flow" WHERE "workspaceId" = source."workspaceId" AND "key" = flow_key) LOOP
        n := n + 1;
        flow_key := left(source."key", 60) || '-' || n;
      END LOOP;
      flow_id := gen_random_uuid();
      version_id := gen_random_uuid();
      INSERT INTO "Flow" ("id", "workspaceId", "key", "name", "foldedName", "description", "updatedAt", "updatedById")
      VALUES (flow_id, source."workspaceId", flow_key, flow_name, pg_temp.folded(flow_name), source."description", source."updatedAt", source."updatedById");
      INSERT INTO "FlowVersion" ("id", "workspaceId", "flowId") VALUES (version_id, source."workspaceId", flow_id);
      UPDATE "Shape" SET "flowVersionId" = version_id WHERE "id" = part."id";
      PERFORM rank_flow(flow_id);
      INSERT INTO "AuditLog" ("id", "workspaceId", "actorKind", "actorName", "action", "objectType", "objectId", "objectName", "partOfId", "changes")
      VALUES (gen_random_uuid(), source."workspaceId", 'system', 'Patchbay', 'split_flow', 'flow', flow_id, flow_name, source."id",
        jsonb_build_object('fields', jsonb_build_array(jsonb_build_object('field', 'flow', 'from', source."name", 'to', flow_name))));
    END LOOP;
    PERFORM rank_flow(source."id");
  END LOOP;
END $$;

-- Versions that nobody edits are not split: their shapes follow one another.
UPDATE "Shape" s SET "parentId" = o."before"
FROM (
  SELECT "id", lag("id") OVER (PARTITION BY "flowVersionId" ORDER BY "positionY", "positionX", "id") AS "before" FROM "Shape"
) o
WHERE o."id" = s."id" AND o."before" IS NOT NULL;

CREATE UNIQUE INDEX "Shape_flowVersionId_key_key" ON "Shape"("flowVersionId", "key");
CREATE UNIQUE INDEX "Shape_workspaceId_flowVersionId_id_key" ON "Shape"("workspaceId", "flowVersionId", "id");
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_workspaceId_flowVersionId_parentId_fkey"
    FOREIGN KEY ("workspaceId", "flowVersionId", "parentId") REFERENCES "Shape"("workspaceId", "flowVersionId", "id") ON DELETE NO ACTION ON UPDATE CASCADE;
-- One shape follows the trigger, and one follows each exit of a shape. Checked at the end of a statement, so that one
-- statement can exchange shapes.
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_flowVersionId_parentId_leg_key"
    UNIQUE NULLS NOT DISTINCT ("flowVersionId", "parentId", "leg") DEFERRABLE INITIALLY IMMEDIATE;
DROP INDEX "Shape_flowVersionId_idx";
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_not_its_own_parent" CHECK ("parentId" <> "id");
