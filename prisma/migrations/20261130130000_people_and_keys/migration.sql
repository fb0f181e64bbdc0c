-- People who are invited and manage their own account, API keys with limits, settings of a workspace, single sign-on
-- (DATA §1, §14, §15).

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "foldedName" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "lastSignInAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "timeZone" TEXT,
ALTER COLUMN "passwordHash" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" UUID,
    "createdByName" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasswordReset" (
    "userId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "fromWorkspaceId" UUID NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "ownerId" UUID,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "restricted" BOOLEAN NOT NULL DEFAULT false,
    "callOnly" BOOLEAN NOT NULL DEFAULT false,
    "keyHash" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "lastUsedAddress" TEXT,
    "revokedAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKeyLimit" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "keyId" UUID NOT NULL,
    "connectorId" UUID,
    "instanceId" UUID,

    CONSTRAINT "ApiKeyLimit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkspaceSetting" (
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedBy" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "WorkspaceSetting_pkey" PRIMARY KEY ("workspaceId","key")
);

-- CreateIndex
CREATE INDEX "Identity_userId_idx" ON "Identity"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_workspaceId_createdAt_id_idx" ON "Invitation"("workspaceId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_workspaceId_email_key" ON "Invitation"("workspaceId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "PasswordReset_tokenHash_key" ON "PasswordReset"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_keyHash_key" ON "ApiKey"("keyHash");

-- CreateIndex
CREATE INDEX "ApiKey_workspaceId_foldedName_id_idx" ON "ApiKey"("workspaceId", "foldedName", "id");

-- CreateIndex
CREATE INDEX "ApiKey_workspaceId_createdAt_id_idx" ON "ApiKey"("workspaceId", "createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "ApiKey_ownerId_idx" ON "ApiKey"("ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_workspaceId_id_key" ON "ApiKey"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ApiKeyLimit_connectorId_idx" ON "ApiKeyLimit"("connectorId");

-- CreateIndex
CREATE INDEX "ApiKeyLimit_instanceId_idx" ON "ApiKeyLimit"("instanceId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKeyLimit_keyId_connectorId_key" ON "ApiKeyLimit"("keyId", "connectorId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKeyLimit_keyId_instanceId_key" ON "ApiKeyLimit"("keyId", "instanceId");

-- CreateIndex
CREATE INDEX "RequestLog_workspaceId_actorId_at_id_idx" ON "RequestLog"("workspaceId", "actorId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_actorId_at_id_idx" ON "AuditLog"("workspaceId", "actorId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Membership_workspaceId_foldedName_userId_idx" ON "Membership"("workspaceId", "foldedName", "userId");

-- CreateIndex
CREATE INDEX "Membership_workspaceId_createdAt_userId_idx" ON "Membership"("workspaceId", "createdAt", "userId");

-- CreateIndex
CREATE INDEX "PendingAuthorisation_workspaceId_userId_idx" ON "PendingAuthorisation"("workspaceId", "userId");

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKeyLimit" ADD CONSTRAINT "ApiKeyLimit_workspaceId_keyId_fkey" FOREIGN KEY ("workspaceId", "keyId") REFERENCES "ApiKey"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKeyLimit" ADD CONSTRAINT "ApiKeyLimit_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKeyLimit" ADD CONSTRAINT "ApiKeyLimit_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkspaceSetting" ADD CONSTRAINT "WorkspaceSetting_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Names that are already there, for the order of *People*. The app folds names that are written from now on.
UPDATE "Membership" m SET
  "foldedName" = lower(trim(u."name")),
  "lastSignInAt" = (SELECT max(s."createdAt") FROM "Session" s WHERE s."workspaceId" = m."workspaceId" AND s."userId" = m."userId")
FROM "User" u WHERE u."id" = m."userId";

-- A limit names either a connector or an instance.
ALTER TABLE "ApiKeyLimit" ADD CONSTRAINT "ApiKeyLimit_one_object" CHECK (num_nonnulls("connectorId", "instanceId") = 1);
-- A key without an owner can do nothing.
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_owned_or_revoked" CHECK ("ownerId" IS NOT NULL OR "revokedAt" IS NOT NULL);
