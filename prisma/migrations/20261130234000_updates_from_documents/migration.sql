-- CreateEnum
CREATE TYPE "ImportChange" AS ENUM ('added', 'changed', 'moved', 'removed', 'left_out', 'same');

-- AlterEnum
ALTER TYPE "ImportItemKind" ADD VALUE 'connector';

-- AlterTable
ALTER TABLE "Import" ADD COLUMN     "basedOnId" UUID,
ADD COLUMN     "confirmed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "generation" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "presetHash" TEXT,
ADD COLUMN     "presetKey" TEXT,
ADD COLUMN     "questions" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "updatesId" UUID;

-- AlterTable
ALTER TABLE "ImportItem" ADD COLUMN     "baseId" UUID,
ADD COLUMN     "change" "ImportChange",
ADD COLUMN     "conflicts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "isLocal" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "partKey" TEXT,
ADD COLUMN     "takesDocument" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "uses" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Import_updatesId_idx" ON "Import"("updatesId");

-- CreateIndex
CREATE INDEX "ImportItem_importId_kind_change_position_id_idx" ON "ImportItem"("importId", "kind", "change", "position", "id");

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_workspaceId_updatesId_fkey" FOREIGN KEY ("workspaceId", "updatesId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Items stay as the base of the next update of their connector, so they are stored compressed, in the row.
ALTER TABLE "ImportItem" ALTER COLUMN "definition" SET STORAGE MAIN;
ALTER TABLE "ImportItem" SET (toast_tuple_target = 256);
