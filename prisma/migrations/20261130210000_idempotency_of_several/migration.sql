-- What a request with an Idempotency-Key created, if it created several objects (DATA §14).
-- AlterTable
ALTER TABLE "IdempotencyKey" ADD COLUMN     "objectIds" UUID[] DEFAULT ARRAY[]::UUID[];
