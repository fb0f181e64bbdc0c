ALTER TABLE "InstanceToken" ADD COLUMN "leaseFailure" JSONB;
