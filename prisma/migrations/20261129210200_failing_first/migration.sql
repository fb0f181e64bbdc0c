-- AlterTable
ALTER TABLE "Flow" ADD COLUMN "failing" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "rank" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "ConnectorRank" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "failing" BOOLEAN NOT NULL DEFAULT false,
    "rank" TEXT NOT NULL,

    CONSTRAINT "ConnectorRank_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ConnectorRank_workspaceId_id_key" ON "ConnectorRank"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ConnectorRank_workspaceId_rank_id_idx" ON "ConnectorRank"("workspaceId", "rank", "id");

-- CreateIndex
CREATE INDEX "Flow_workspaceId_rank_id_idx" ON "Flow"("workspaceId", "rank", "id");

-- AddForeignKey
ALTER TABLE "ConnectorRank" ADD CONSTRAINT "ConnectorRank_connectorId_fkey" FOREIGN KEY ("workspaceId", "id") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand ---------------------------------------------------------------------------------------------------
--
-- Failing connectors and flows come first in their lists, in the order of an index. The ranks are written in the
-- transaction of what decides them: the status of an instance, the instance of a shape, a name.
--
-- Locks are taken in one order, so that no two transactions wait for each other: the instance, the rank of its connector,
-- its flows by their ids. The connector's own row is not among them: edits hold it while they wait for instances.
-- Each rank is locked before it is worked out, in a statement of its own, so that the second of two transactions sees what
-- the first has written.

CREATE FUNCTION failing_rank(failing boolean, name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN failing THEN '0' ELSE '1' END || name
$$;

-- Connectors ----------------------------------------------------------------------------------------------------------

CREATE FUNCTION rank_new_connector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ConnectorRank" ("id", "workspaceId", "rank") VALUES (NEW."id", NEW."workspaceId", failing_rank(false, NEW."foldedName"));
  RETURN NULL;
END $$;
CREATE TRIGGER "Connector_ranked" AFTER INSERT ON "Connector" FOR EACH ROW EXECUTE FUNCTION rank_new_connector();

CREATE FUNCTION rank_renamed_connector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ConnectorRank" SET "rank" = failing_rank("failing", NEW."foldedName") WHERE "id" = NEW."id";
  RETURN NULL;
END $$;
CREATE TRIGGER "Connector_renamed" AFTER UPDATE OF "foldedName" ON "Connector"
  FOR EACH ROW WHEN (OLD."foldedName" IS DISTINCT FROM NEW."foldedName") EXECUTE FUNCTION rank_renamed_connector();

CREATE FUNCTION rank_connector(connector uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_failing boolean;
BEGIN
  PERFORM FROM "ConnectorRank" WHERE "id" = connector FOR NO KEY UPDATE;
  SELECT EXISTS (SELECT 1 FROM "Instance" WHERE "connectorId" = connector AND "status" IN ('failing', 'needs_authorising_again'))
    INTO now_failing;
  UPDATE "ConnectorRank" SET "failing" = now_failing, "rank" = failing_rank(now_failing, substr("rank", 2))
  WHERE "id" = connector AND "failing" <> now_failing;
END $$;

-- Flows ---------------------------------------------------------------------------------------------------------------

CREATE FUNCTION rank_own_flow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."rank" := failing_rank(NEW."failing", NEW."foldedName");
  RETURN NEW;
END $$;
CREATE TRIGGER "Flow_ranked" BEFORE INSERT OR UPDATE OF "failing", "foldedName" ON "Flow"
  FOR EACH ROW EXECUTE FUNCTION rank_own_flow();

CREATE FUNCTION rank_flow(flow uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  now_failing boolean;
BEGIN
  PERFORM FROM "Flow" WHERE "id" = flow FOR NO KEY UPDATE;
  SELECT EXISTS (
    SELECT 1 FROM "FlowVersion" v JOIN "Shape" s ON s."flowVersionId" = v."id" JOIN "Instance" i ON i."id" = s."instanceId"
    WHERE v."flowId" = flow AND v."state" = 'draft' AND i."status" IN ('failing', 'needs_authorising_again')
  ) INTO now_failing;
  UPDATE "Flow" SET "failing" = now_failing WHERE "id" = flow AND "failing" <> now_failing;
END $$;

-- A shape gets, changes or loses its instance.
CREATE FUNCTION rank_flow_of_shape() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  flow uuid;
BEGIN
  SELECT "flowId" INTO flow FROM "FlowVersion"
  WHERE "id" = CASE WHEN TG_OP = 'DELETE' THEN OLD."flowVersionId" ELSE NEW."flowVersionId" END AND "state" = 'draft';
  IF flow IS NOT NULL THEN
    PERFORM rank_flow(flow);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "Shape_added" AFTER INSERT ON "Shape"
  FOR EACH ROW WHEN (NEW."instanceId" IS NOT NULL) EXECUTE FUNCTION rank_flow_of_shape();
CREATE TRIGGER "Shape_instance_changed" AFTER UPDATE OF "instanceId" ON "Shape"
  FOR EACH ROW WHEN (OLD."instanceId" IS DISTINCT FROM NEW."instanceId") EXECUTE FUNCTION rank_flow_of_shape();
CREATE TRIGGER "Shape_removed" AFTER DELETE ON "Shape"
  FOR EACH ROW WHEN (OLD."instanceId" IS NOT NULL) EXECUTE FUNCTION rank_flow_of_shape();

CREATE FUNCTION rank_flow_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM rank_flow(NEW."flowId");
  RETURN NULL;
END $$;
CREATE TRIGGER "FlowVersion_state_changed" AFTER UPDATE OF "state" ON "FlowVersion"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state") EXECUTE FUNCTION rank_flow_of_version();

-- Instances -----------------------------------------------------------------------------------------------------------

-- An instance begins or ceases to fail. Of a deleted one no draft has a shape any more.
CREATE FUNCTION rank_users_of_instance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  flow uuid;
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM rank_connector(OLD."connectorId");
    RETURN NULL;
  END IF;
  PERFORM rank_connector(NEW."connectorId");
  FOR flow IN
    SELECT DISTINCT v."flowId" FROM "Shape" s JOIN "FlowVersion" v ON v."id" = s."flowVersionId"
    WHERE s."instanceId" = NEW."id" AND v."state" = 'draft' ORDER BY v."flowId"
  LOOP
    PERFORM rank_flow(flow);
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER "Instance_added_failing" AFTER INSERT ON "Instance"
  FOR EACH ROW WHEN (NEW."status" IN ('failing', 'needs_authorising_again')) EXECUTE FUNCTION rank_users_of_instance();
CREATE TRIGGER "Instance_failing_changed" AFTER UPDATE OF "status" ON "Instance"
  FOR EACH ROW WHEN ((OLD."status" IN ('failing', 'needs_authorising_again')) <> (NEW."status" IN ('failing', 'needs_authorising_again')))
  EXECUTE FUNCTION rank_users_of_instance();
CREATE TRIGGER "Instance_deleted_failing" AFTER DELETE ON "Instance"
  FOR EACH ROW WHEN (OLD."status" IN ('failing', 'needs_authorising_again')) EXECUTE FUNCTION rank_users_of_instance();

-- What is there already -----------------------------------------------------------------------------------------------

INSERT INTO "ConnectorRank" ("id", "workspaceId", "failing", "rank")
SELECT c."id", c."workspaceId", f."failing", failing_rank(f."failing", c."foldedName")
FROM "Connector" c CROSS JOIN LATERAL (
  SELECT EXISTS (SELECT 1 FROM "Instance" i WHERE i."connectorId" = c."id" AND i."status" IN ('failing', 'needs_authorising_again')) AS "failing"
) f;

UPDATE "Flow" SET "failing" = EXISTS (
  SELECT 1 FROM "FlowVersion" v JOIN "Shape" s ON s."flowVersionId" = v."id" JOIN "Instance" i ON i."id" = s."instanceId"
  WHERE v."flowId" = "Flow"."id" AND v."state" = 'draft' AND i."status" IN ('failing', 'needs_authorising_again')
);
