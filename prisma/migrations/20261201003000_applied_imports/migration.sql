-- AlterEnum
ALTER TYPE "ImportState" ADD VALUE 'compared' BEFORE 'importing';

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "applies" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "application" JSON,
ADD COLUMN     "comparison" JSON,
ADD COLUMN     "outcome" JSON,
ADD COLUMN     "removeOthers" BOOLEAN NOT NULL DEFAULT false;

-- Schemas are part of a connector's document, so a change of one raises the connector's generation too.
CREATE TRIGGER "ConnectorSchema_insert_generation" AFTER INSERT ON "ConnectorSchema" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION definition_changed();
CREATE TRIGGER "ConnectorSchema_delete_generation" AFTER DELETE ON "ConnectorSchema" REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION definition_changed();
CREATE TRIGGER "ConnectorSchema_update_generation" AFTER UPDATE ON "ConnectorSchema" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION definition_changed();
