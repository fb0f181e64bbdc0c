-- AlterTable
ALTER TABLE "ImportItem" ADD COLUMN     "rows" JSON;
