-- Every reader of these finds them by (workspaceId, objectId, at, id) as well: an id belongs to one kind of object.
-- DropIndex
DROP INDEX "AuditLog_workspaceId_objectType_objectId_at_idx";

-- Written by hand ---------------------------------------------------------------------------------------------------

-- The time of the change, not of the beginning of its transaction: one that waited for the row of the instance would be
-- recorded before the change it waited for.
CREATE OR REPLACE FUNCTION record_status_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "InstanceStatusChange" ("id", "workspaceId", "instanceId", "at", "before", "after", "reason")
  VALUES (gen_random_uuid(), NEW."workspaceId", NEW."id", clock_timestamp(), OLD."status", NEW."status", NEW."statusReason");
  RETURN NULL;
END $$;
