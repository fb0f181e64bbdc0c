-- The database session over which the holder of a token's lease last extended it. Changing it is part of the lease, and
-- changes nothing that a call is made from.
ALTER TABLE "InstanceToken" ADD COLUMN "leaseSession" INTEGER;
DROP TRIGGER "InstanceToken_update_generation" ON "InstanceToken";
CREATE TRIGGER "InstanceToken_update_generation" AFTER UPDATE ON "InstanceToken"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION credentials_changed('fence', 'leaseOwner', 'leaseUntil', 'leaseSession');
