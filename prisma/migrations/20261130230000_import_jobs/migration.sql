-- Importing is a background job: the source in pieces, the items to choose from, and how far the work is (DATA §16).
-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('uploading', 'waiting', 'reading', 'ready', 'importing', 'imported', 'failed', 'cancelled');
CREATE TYPE "ImportSource" AS ENUM ('file', 'text', 'url');
CREATE TYPE "ImportItemKind" AS ENUM ('method', 'endpoint', 'schema');

-- AlterTable
-- The imports that exist were pasted, and are finished.
ALTER TABLE "Import"
    ADD COLUMN "state" "ImportState" NOT NULL DEFAULT 'imported',
    ADD COLUMN "open" BOOLEAN NOT NULL DEFAULT true,
    ADD COLUMN "source" "ImportSource" NOT NULL DEFAULT 'text',
    ADD COLUMN "sourceName" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "bytes" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "versionLabel" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "definition" JSON,
    ADD COLUMN "done" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "total" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "attempt" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "failure" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "requestedBy" JSONB,
    ADD COLUMN "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "createdById" UUID,
    ALTER COLUMN "connectorId" DROP NOT NULL,
    ALTER COLUMN "format" SET DEFAULT '',
    ALTER COLUMN "importedAt" DROP NOT NULL,
    ALTER COLUMN "importedAt" DROP DEFAULT;
UPDATE "Import" SET "open" = false, "createdAt" = "importedAt", "createdById" = "importedById";
ALTER TABLE "Import" ALTER COLUMN "state" DROP DEFAULT, ALTER COLUMN "source" DROP DEFAULT;
ALTER TABLE "Import" ADD CONSTRAINT "Import_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX "Import_workspaceId_id_key" ON "Import"("workspaceId", "id");
CREATE INDEX "Import_workspaceId_open_createdAt_id_idx" ON "Import"("workspaceId", "open", "createdAt", "id");
CREATE INDEX "Import_state_createdAt_idx" ON "Import"("state", "createdAt");
-- A connector says what it was imported from, and only a finished import has one.
ALTER TABLE "Import" ADD CONSTRAINT "Import_imported_check"
    CHECK (("state" = 'imported') = ("connectorId" IS NOT NULL) AND ("state" = 'imported') = ("importedAt" IS NOT NULL));

ALTER TABLE "Import" ADD CONSTRAINT "Import_open_check" CHECK ("open" = ("state" NOT IN ('imported', 'cancelled')));

-- The report belongs to the import, which names the connector.
ALTER TABLE "ImportLine" DROP CONSTRAINT "ImportLine_workspaceId_connectorId_importId_fkey";
DROP INDEX "Import_workspaceId_connectorId_id_key";
ALTER TABLE "ImportLine" DROP COLUMN "connectorId";
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_workspaceId_importId_fkey" FOREIGN KEY ("workspaceId", "importId") REFERENCES "Import"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "ImportChunk" (
    "workspaceId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "ImportChunk_pkey" PRIMARY KEY ("importId", "position")
);
-- Read once and dropped, so compressing it would cost more than it saves.
ALTER TABLE "ImportChunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "ImportChunk" ADD CONSTRAINT "ImportChunk_workspaceId_importId_fkey" FOREIGN KEY ("workspaceId", "importId") REFERENCES "Import"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "ImportItem" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "kind" "ImportItemKind" NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "newName" TEXT NOT NULL DEFAULT '',
    "pointer" TEXT NOT NULL DEFAULT '',
    "tag" TEXT NOT NULL DEFAULT '',
    "httpMethod" TEXT NOT NULL DEFAULT '',
    "url" TEXT NOT NULL DEFAULT '',
    "accepts" TEXT[],
    "endpoints" INTEGER NOT NULL DEFAULT 0,
    "chosen" BOOLEAN NOT NULL DEFAULT true,
    "definition" JSON NOT NULL,

    CONSTRAINT "ImportItem_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ImportItem_importId_kind_foldedName_key" ON "ImportItem"("importId", "kind", "foldedName");
CREATE INDEX "ImportItem_importId_kind_position_id_idx" ON "ImportItem"("importId", "kind", "position", "id");
CREATE INDEX "ImportItem_importId_kind_tag_position_id_idx" ON "ImportItem"("importId", "kind", "tag", "position", "id");
ALTER TABLE "ImportItem" ADD CONSTRAINT "ImportItem_workspaceId_importId_fkey" FOREIGN KEY ("workspaceId", "importId") REFERENCES "Import"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Open pages follow the progress (lib/platform/live).
CREATE FUNCTION signal_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('patchbay_imports', NEW."workspaceId"::text);
    RETURN NULL;
END
$$;
CREATE TRIGGER "Import_signal" AFTER INSERT OR UPDATE ON "Import" FOR EACH ROW EXECUTE FUNCTION signal_import();
