-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('read_only', 'user', 'manager', 'administrator');

-- CreateEnum
CREATE TYPE "SystemType" AS ENUM ('accounting', 'crm', 'ecommerce', 'erp', 'marketplace', 'pim', 'pos', 'third_party_logistics', 'wms', 'database', 'other');

-- CreateEnum
CREATE TYPE "RateLimitUnit" AS ENUM ('second', 'minute', 'hour', 'day');

-- CreateEnum
CREATE TYPE "VariableLevel" AS ENUM ('connector', 'method', 'endpoint');

-- CreateEnum
CREATE TYPE "InputKind" AS ENUM ('text', 'multiline', 'number', 'select', 'url');

-- CreateEnum
CREATE TYPE "ParameterPlace" AS ENUM ('url', 'header', 'body');

-- CreateEnum
CREATE TYPE "PhaseKind" AS ENUM ('authorise', 'exchange', 'refresh', 'revoke', 'verify', 'after_connect', 'endpoint');

-- CreateEnum
CREATE TYPE "AuthenticationType" AS ENUM ('basic', 'token', 'oauth2_authorization_code', 'none');

-- CreateEnum
CREATE TYPE "BodyFormat" AS ENUM ('none', 'json', 'form', 'multipart', 'xml', 'text', 'raw');

-- CreateEnum
CREATE TYPE "Direction" AS ENUM ('receive', 'send');

-- CreateEnum
CREATE TYPE "InstanceStatus" AS ENUM ('connected', 'not_verified', 'awaiting_authorisation', 'needs_authorising_again', 'failing');

-- CreateEnum
CREATE TYPE "PendingState" AS ENUM ('live', 'consumed', 'superseded');

-- CreateEnum
CREATE TYPE "FlowVersionState" AS ENUM ('draft', 'deployed', 'superseded');

-- CreateEnum
CREATE TYPE "RequestPurpose" AS ENUM ('endpoint', 'exchange', 'refresh', 'verify', 'revoke', 'after_connect');

-- CreateEnum
CREATE TYPE "RequestOutcome" AS ENUM ('succeeded', 'refused', 'failed', 'not_sent');

-- CreateTable
CREATE TABLE "Installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sealedSentinel" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "sessionVersion" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "workspaceId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("workspaceId","userId")
);

-- CreateTable
CREATE TABLE "SignInThrottle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "windowStart" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "blockedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "SignInThrottle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Connector" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "versionLabel" TEXT NOT NULL DEFAULT '',
    "foldedVersion" TEXT NOT NULL DEFAULT '',
    "description" TEXT NOT NULL DEFAULT '',
    "systemType" "SystemType" NOT NULL DEFAULT 'other',
    "baseUrl" TEXT NOT NULL DEFAULT '',
    "dateFormat" TEXT NOT NULL DEFAULT 'YYYY-MM-DD',
    "rateLimitAmount" INTEGER,
    "rateLimitUnit" "RateLimitUnit",
    "documentationUrl" TEXT NOT NULL DEFAULT '',
    "icon" BYTEA,
    "iconType" TEXT,
    "colour" TEXT,
    "allowedHosts" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "Connector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConnectorOrigin" (
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "confirmedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ConnectorOrigin_pkey" PRIMARY KEY ("connectorId","origin")
);

-- CreateTable
CREATE TABLE "Variable" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "level" "VariableLevel" NOT NULL,
    "methodId" UUID,
    "endpointId" UUID,
    "key" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "helpText" TEXT NOT NULL DEFAULT '',
    "alias" TEXT NOT NULL DEFAULT '',
    "defaultValue" TEXT NOT NULL DEFAULT '',
    "required" BOOLEAN NOT NULL DEFAULT false,
    "configurable" BOOLEAN NOT NULL DEFAULT true,
    "advanced" BOOLEAN NOT NULL DEFAULT false,
    "secret" BOOLEAN NOT NULL DEFAULT false,
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "inputKind" "InputKind" NOT NULL DEFAULT 'text',
    "options" JSONB NOT NULL DEFAULT '[]',
    "pattern" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Variable_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VariableUse" (
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "methodId" UUID NOT NULL,
    "variableId" UUID NOT NULL,
    "required" BOOLEAN NOT NULL DEFAULT false,
    "configurable" BOOLEAN NOT NULL DEFAULT true,
    "advanced" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "VariableUse_pkey" PRIMARY KEY ("methodId","variableId")
);

-- CreateTable
CREATE TABLE "Parameter" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "methodId" UUID,
    "endpointId" UUID,
    "place" "ParameterPlace" NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL DEFAULT '',
    "required" BOOLEAN NOT NULL DEFAULT true,
    "displayName" TEXT NOT NULL DEFAULT '',
    "helpText" TEXT NOT NULL DEFAULT '',
    "phases" "PhaseKind"[] DEFAULT ARRAY[]::"PhaseKind"[],
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Parameter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuthenticationMethod" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "type" "AuthenticationType" NOT NULL,
    "timeoutSeconds" INTEGER NOT NULL DEFAULT 30,
    "documentationUrl" TEXT NOT NULL DEFAULT '',
    "options" JSONB NOT NULL DEFAULT '{}',
    "position" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "AuthenticationMethod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuthenticationPhase" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "methodId" UUID NOT NULL,
    "kind" "PhaseKind" NOT NULL,
    "step" INTEGER NOT NULL DEFAULT 0,
    "httpMethod" TEXT,
    "url" TEXT,
    "bodyFormat" "BodyFormat",
    "body" TEXT,
    "clientAuthentication" TEXT,
    "successRule" JSONB,
    "extract" JSONB,

    CONSTRAINT "AuthenticationPhase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MethodValue" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "methodId" UUID NOT NULL,
    "variableId" UUID NOT NULL,
    "sealedValue" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "setById" UUID,

    CONSTRAINT "MethodValue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Endpoint" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "entityType" TEXT NOT NULL DEFAULT '',
    "direction" "Direction" NOT NULL DEFAULT 'receive',
    "httpMethod" TEXT NOT NULL DEFAULT 'GET',
    "url" TEXT NOT NULL DEFAULT '',
    "bodyFormat" "BodyFormat" NOT NULL DEFAULT 'none',
    "body" TEXT NOT NULL DEFAULT '',
    "pagination" JSONB NOT NULL DEFAULT '{}',
    "dataPath" TEXT NOT NULL DEFAULT '',
    "deprecated" BOOLEAN NOT NULL DEFAULT false,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "Endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enablement" (
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "endpointId" UUID NOT NULL,
    "methodId" UUID NOT NULL,
    "enabledAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "enabledById" UUID,

    CONSTRAINT "Enablement_pkey" PRIMARY KEY ("methodId","endpointId")
);

-- CreateTable
CREATE TABLE "Instance" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "methodId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "dateFormat" TEXT NOT NULL DEFAULT '',
    "rateLimitAmount" INTEGER,
    "rateLimitUnit" "RateLimitUnit",
    "maxConcurrent" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,
    "status" "InstanceStatus" NOT NULL DEFAULT 'not_verified',
    "statusReason" TEXT NOT NULL DEFAULT '',
    "statusSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastVerifiedAt" TIMESTAMPTZ(3),
    "lastVerifiedById" UUID,
    "lastVerification" JSONB,

    CONSTRAINT "Instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InstanceValue" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "variableId" UUID NOT NULL,
    "value" TEXT,
    "sealedValue" TEXT,
    "setAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "setById" UUID,

    CONSTRAINT "InstanceValue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeptValue" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "sealedValue" TEXT NOT NULL,
    "keptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeptValue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InstanceToken" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "name" TEXT NOT NULL DEFAULT 'default',
    "sealedAccessToken" TEXT NOT NULL,
    "sealedRefreshToken" TEXT,
    "tokenType" TEXT NOT NULL DEFAULT 'Bearer',
    "scope" TEXT NOT NULL DEFAULT '',
    "expiresAt" TIMESTAMPTZ(3),
    "obtainedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "refreshCount" INTEGER NOT NULL DEFAULT 0,
    "fence" BIGINT NOT NULL DEFAULT 0,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),

    CONSTRAINT "InstanceToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InstanceLimit" (
    "workspaceId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "nextAt" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "admissions" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "InstanceLimit_pkey" PRIMARY KEY ("workspaceId","instanceId")
);

-- CreateTable
CREATE TABLE "RequestTurn" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "admitted" BOOLEAN NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RequestTurn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "certificatePem" TEXT,
    "sealedKey" TEXT,
    "caPem" TEXT,
    "subject" TEXT NOT NULL DEFAULT '',
    "issuer" TEXT NOT NULL DEFAULT '',
    "fingerprint" TEXT NOT NULL DEFAULT '',
    "validFrom" TIMESTAMPTZ(3),
    "validTo" TIMESTAMPTZ(3),
    "uploadedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uploadedById" UUID,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingAuthorisation" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "methodId" UUID NOT NULL,
    "methodRevision" INTEGER NOT NULL,
    "instanceId" UUID NOT NULL,
    "instanceRevision" INTEGER NOT NULL,
    "userId" UUID NOT NULL,
    "state" "PendingState" NOT NULL DEFAULT 'live',
    "stateHash" TEXT NOT NULL,
    "browserHash" TEXT NOT NULL,
    "redirectUri" TEXT NOT NULL,
    "tokenUrl" TEXT NOT NULL,
    "issuer" TEXT,
    "sealedVerifier" TEXT,
    "sealedSettings" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PendingAuthorisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Flow" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "foldedName" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "Flow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FlowVersion" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "flowId" UUID NOT NULL,
    "number" INTEGER NOT NULL DEFAULT 1,
    "state" "FlowVersionState" NOT NULL DEFAULT 'draft',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "FlowVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shape" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "flowVersionId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "positionX" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "positionY" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "connectorId" UUID,
    "instanceId" UUID,
    "endpointId" UUID,
    "timeoutSeconds" INTEGER,

    CONSTRAINT "Shape_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShapeValue" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "shapeId" UUID NOT NULL,
    "variableId" UUID,
    "parameterId" UUID,
    "value" TEXT,
    "sealedValue" TEXT,

    CONSTRAINT "ShapeValue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RequestLog" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "workspaceId" UUID NOT NULL,
    "correlationId" UUID NOT NULL,
    "purpose" "RequestPurpose" NOT NULL,
    "outcome" "RequestOutcome" NOT NULL,
    "connectorId" UUID,
    "methodId" UUID,
    "instanceId" UUID,
    "endpointId" UUID,
    "flowId" UUID,
    "shapeId" UUID,
    "userId" UUID,
    "subject" TEXT NOT NULL DEFAULT '',
    "httpMethod" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "requestHeaders" JSONB NOT NULL DEFAULT '[]',
    "status" INTEGER,
    "responseHeaders" JSONB NOT NULL DEFAULT '[]',
    "requestBytes" INTEGER NOT NULL DEFAULT 0,
    "responseBytes" INTEGER NOT NULL DEFAULT 0,
    "durationMs" INTEGER NOT NULL DEFAULT 0,
    "errorCode" TEXT,
    "errorMessage" TEXT,

    CONSTRAINT "RequestLog_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "RequestLogBody" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "sealedRequestBody" TEXT,
    "sealedResponseBody" TEXT,
    "truncated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "RequestLogBody_pkey" PRIMARY KEY ("at","id")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "AuditLog" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "workspaceId" UUID NOT NULL,
    "userId" UUID,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "objectType" TEXT NOT NULL,
    "objectId" UUID,
    "objectName" TEXT NOT NULL DEFAULT '',
    "changes" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE INDEX "SignInThrottle_windowStart_idx" ON "SignInThrottle"("windowStart");

-- CreateIndex
CREATE INDEX "Connector_workspaceId_updatedAt_id_idx" ON "Connector"("workspaceId", "updatedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Connector_workspaceId_id_key" ON "Connector"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Connector_workspaceId_key_key" ON "Connector"("workspaceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Connector_workspaceId_foldedName_foldedVersion_key" ON "Connector"("workspaceId", "foldedName", "foldedVersion");

-- CreateIndex
CREATE INDEX "Variable_connectorId_level_position_idx" ON "Variable"("connectorId", "level", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Variable_workspaceId_connectorId_id_key" ON "Variable"("workspaceId", "connectorId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Variable_methodId_key_key" ON "Variable"("methodId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Variable_endpointId_key_key" ON "Variable"("endpointId", "key");

-- CreateIndex
CREATE INDEX "Parameter_methodId_position_idx" ON "Parameter"("methodId", "position");

-- CreateIndex
CREATE INDEX "Parameter_endpointId_position_idx" ON "Parameter"("endpointId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Parameter_workspaceId_connectorId_id_key" ON "Parameter"("workspaceId", "connectorId", "id");

-- CreateIndex
CREATE INDEX "AuthenticationMethod_connectorId_position_id_idx" ON "AuthenticationMethod"("connectorId", "position", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuthenticationMethod_workspaceId_connectorId_id_key" ON "AuthenticationMethod"("workspaceId", "connectorId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuthenticationMethod_connectorId_key_key" ON "AuthenticationMethod"("connectorId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "AuthenticationMethod_connectorId_foldedName_key" ON "AuthenticationMethod"("connectorId", "foldedName");

-- CreateIndex
CREATE UNIQUE INDEX "AuthenticationPhase_methodId_kind_step_key" ON "AuthenticationPhase"("methodId", "kind", "step");

-- CreateIndex
CREATE UNIQUE INDEX "MethodValue_methodId_variableId_key" ON "MethodValue"("methodId", "variableId");

-- CreateIndex
CREATE INDEX "Endpoint_workspaceId_connectorId_entityType_foldedName_id_idx" ON "Endpoint"("workspaceId", "connectorId", "entityType", "foldedName", "id");

-- CreateIndex
CREATE INDEX "Endpoint_workspaceId_connectorId_updatedAt_id_idx" ON "Endpoint"("workspaceId", "connectorId", "updatedAt", "id");

-- CreateIndex
CREATE INDEX "Endpoint_workspaceId_foldedName_id_idx" ON "Endpoint"("workspaceId", "foldedName", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Endpoint_workspaceId_connectorId_id_key" ON "Endpoint"("workspaceId", "connectorId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Endpoint_connectorId_key_key" ON "Endpoint"("connectorId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Endpoint_connectorId_foldedName_key" ON "Endpoint"("connectorId", "foldedName");

-- CreateIndex
CREATE INDEX "Enablement_endpointId_methodId_idx" ON "Enablement"("endpointId", "methodId");

-- CreateIndex
CREATE INDEX "Enablement_connectorId_idx" ON "Enablement"("connectorId");

-- CreateIndex
CREATE INDEX "Instance_connectorId_foldedName_id_idx" ON "Instance"("connectorId", "foldedName", "id");

-- CreateIndex
CREATE INDEX "Instance_methodId_idx" ON "Instance"("methodId");

-- CreateIndex
CREATE INDEX "Instance_workspaceId_status_foldedName_idx" ON "Instance"("workspaceId", "status", "foldedName");

-- CreateIndex
CREATE UNIQUE INDEX "Instance_workspaceId_id_key" ON "Instance"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Instance_workspaceId_connectorId_id_key" ON "Instance"("workspaceId", "connectorId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Instance_workspaceId_key_key" ON "Instance"("workspaceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Instance_workspaceId_foldedName_key" ON "Instance"("workspaceId", "foldedName");

-- CreateIndex
CREATE INDEX "InstanceValue_variableId_idx" ON "InstanceValue"("variableId");

-- CreateIndex
CREATE UNIQUE INDEX "InstanceValue_instanceId_variableId_key" ON "InstanceValue"("instanceId", "variableId");

-- CreateIndex
CREATE UNIQUE INDEX "KeptValue_instanceId_key_key" ON "KeptValue"("instanceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "InstanceToken_instanceId_name_key" ON "InstanceToken"("instanceId", "name");

-- CreateIndex
CREATE INDEX "RequestTurn_instanceId_idx" ON "RequestTurn"("instanceId");

-- CreateIndex
CREATE INDEX "Certificate_workspaceId_validTo_idx" ON "Certificate"("workspaceId", "validTo");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_workspaceId_instanceId_key" ON "Certificate"("workspaceId", "instanceId");

-- CreateIndex
CREATE UNIQUE INDEX "PendingAuthorisation_stateHash_key" ON "PendingAuthorisation"("stateHash");

-- CreateIndex
CREATE INDEX "PendingAuthorisation_instanceId_createdAt_idx" ON "PendingAuthorisation"("instanceId", "createdAt");

-- CreateIndex
CREATE INDEX "PendingAuthorisation_expiresAt_idx" ON "PendingAuthorisation"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "PendingAuthorisation_workspaceId_id_key" ON "PendingAuthorisation"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "Flow_workspaceId_updatedAt_id_idx" ON "Flow"("workspaceId", "updatedAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Flow_workspaceId_id_key" ON "Flow"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Flow_workspaceId_key_key" ON "Flow"("workspaceId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Flow_workspaceId_foldedName_key" ON "Flow"("workspaceId", "foldedName");

-- CreateIndex
CREATE UNIQUE INDEX "FlowVersion_workspaceId_id_key" ON "FlowVersion"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "FlowVersion_flowId_number_key" ON "FlowVersion"("flowId", "number");

-- CreateIndex
CREATE INDEX "Shape_flowVersionId_idx" ON "Shape"("flowVersionId");

-- CreateIndex
CREATE INDEX "Shape_instanceId_endpointId_idx" ON "Shape"("instanceId", "endpointId");

-- CreateIndex
CREATE INDEX "Shape_endpointId_idx" ON "Shape"("endpointId");

-- CreateIndex
CREATE UNIQUE INDEX "Shape_workspaceId_id_key" ON "Shape"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ShapeValue_variableId_idx" ON "ShapeValue"("variableId");

-- CreateIndex
CREATE INDEX "ShapeValue_parameterId_idx" ON "ShapeValue"("parameterId");

-- CreateIndex
CREATE UNIQUE INDEX "ShapeValue_shapeId_variableId_key" ON "ShapeValue"("shapeId", "variableId");

-- CreateIndex
CREATE UNIQUE INDEX "ShapeValue_shapeId_parameterId_key" ON "ShapeValue"("shapeId", "parameterId");

-- CreateIndex
CREATE INDEX "RequestLog_workspaceId_at_id_idx" ON "RequestLog"("workspaceId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_workspaceId_outcome_at_id_idx" ON "RequestLog"("workspaceId", "outcome", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_workspaceId_userId_at_id_idx" ON "RequestLog"("workspaceId", "userId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_instanceId_at_idx" ON "RequestLog"("instanceId", "at" DESC);

-- CreateIndex
CREATE INDEX "RequestLog_correlationId_idx" ON "RequestLog"("correlationId");

-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_at_id_idx" ON "AuditLog"("workspaceId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_objectType_objectId_at_idx" ON "AuditLog"("workspaceId", "objectType", "objectId", "at" DESC);

-- CreateIndex
CREATE INDEX "AuditLog_workspaceId_userId_at_idx" ON "AuditLog"("workspaceId", "userId", "at" DESC);

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connector" ADD CONSTRAINT "Connector_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConnectorOrigin" ADD CONSTRAINT "ConnectorOrigin_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variable" ADD CONSTRAINT "Variable_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variable" ADD CONSTRAINT "Variable_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variable" ADD CONSTRAINT "Variable_workspaceId_connectorId_endpointId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "endpointId") REFERENCES "Endpoint"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VariableUse" ADD CONSTRAINT "VariableUse_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VariableUse" ADD CONSTRAINT "VariableUse_workspaceId_connectorId_variableId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "variableId") REFERENCES "Variable"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parameter" ADD CONSTRAINT "Parameter_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parameter" ADD CONSTRAINT "Parameter_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parameter" ADD CONSTRAINT "Parameter_workspaceId_connectorId_endpointId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "endpointId") REFERENCES "Endpoint"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthenticationMethod" ADD CONSTRAINT "AuthenticationMethod_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthenticationPhase" ADD CONSTRAINT "AuthenticationPhase_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MethodValue" ADD CONSTRAINT "MethodValue_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MethodValue" ADD CONSTRAINT "MethodValue_workspaceId_connectorId_variableId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "variableId") REFERENCES "Variable"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Endpoint" ADD CONSTRAINT "Endpoint_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enablement" ADD CONSTRAINT "Enablement_workspaceId_connectorId_endpointId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "endpointId") REFERENCES "Endpoint"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enablement" ADD CONSTRAINT "Enablement_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Instance" ADD CONSTRAINT "Instance_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Instance" ADD CONSTRAINT "Instance_workspaceId_connectorId_methodId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "methodId") REFERENCES "AuthenticationMethod"("workspaceId", "connectorId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InstanceValue" ADD CONSTRAINT "InstanceValue_workspaceId_connectorId_instanceId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "instanceId") REFERENCES "Instance"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InstanceValue" ADD CONSTRAINT "InstanceValue_workspaceId_connectorId_variableId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "variableId") REFERENCES "Variable"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeptValue" ADD CONSTRAINT "KeptValue_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InstanceToken" ADD CONSTRAINT "InstanceToken_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "InstanceLimit" ADD CONSTRAINT "InstanceLimit_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequestTurn" ADD CONSTRAINT "RequestTurn_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_workspaceId_instanceId_fkey" FOREIGN KEY ("workspaceId", "instanceId") REFERENCES "Instance"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PendingAuthorisation" ADD CONSTRAINT "PendingAuthorisation_workspaceId_connectorId_instanceId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "instanceId") REFERENCES "Instance"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Flow" ADD CONSTRAINT "Flow_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FlowVersion" ADD CONSTRAINT "FlowVersion_workspaceId_flowId_fkey" FOREIGN KEY ("workspaceId", "flowId") REFERENCES "Flow"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_workspaceId_flowVersionId_fkey" FOREIGN KEY ("workspaceId", "flowVersionId") REFERENCES "FlowVersion"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_workspaceId_connectorId_instanceId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "instanceId") REFERENCES "Instance"("workspaceId", "connectorId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_workspaceId_connectorId_endpointId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "endpointId") REFERENCES "Endpoint"("workspaceId", "connectorId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShapeValue" ADD CONSTRAINT "ShapeValue_workspaceId_shapeId_fkey" FOREIGN KEY ("workspaceId", "shapeId") REFERENCES "Shape"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShapeValue" ADD CONSTRAINT "ShapeValue_workspaceId_connectorId_variableId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "variableId") REFERENCES "Variable"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShapeValue" ADD CONSTRAINT "ShapeValue_workspaceId_connectorId_parameterId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "parameterId") REFERENCES "Parameter"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say ------------------------------------------------------------------------

-- Connector-level keys are unique in their connector (method and endpoint levels have plain unique indexes).
CREATE UNIQUE INDEX "Variable_connector_level_key" ON "Variable" ((CASE WHEN "level" = 'connector' THEN "connectorId" END), "key");

-- One live authorisation per instance: a newer one supersedes the older.
CREATE UNIQUE INDEX "PendingAuthorisation_one_live" ON "PendingAuthorisation" ((CASE WHEN "state" = 'live' THEN "instanceId" END));

ALTER TABLE "Installation" ADD CONSTRAINT "Installation_single_row" CHECK ("id" = 1);
ALTER TABLE "User" ADD CONSTRAINT "User_email_lower_case" CHECK ("email" = lower("email"));

ALTER TABLE "Variable" ADD CONSTRAINT "Variable_level_owner" CHECK (
  ("level" = 'connector' AND "methodId" IS NULL AND "endpointId" IS NULL)
  OR ("level" = 'method' AND "methodId" IS NOT NULL AND "endpointId" IS NULL)
  OR ("level" = 'endpoint' AND "methodId" IS NULL AND "endpointId" IS NOT NULL)
);
ALTER TABLE "Variable" ADD CONSTRAINT "Variable_key_form" CHECK ("key" ~ '^[A-Za-z_][A-Za-z0-9_]*$');
-- A definition holds no credentials.
ALTER TABLE "Variable" ADD CONSTRAINT "Variable_secret_without_default" CHECK (NOT "secret" OR "defaultValue" = '');
ALTER TABLE "Parameter" ADD CONSTRAINT "Parameter_one_owner" CHECK (("methodId" IS NULL) <> ("endpointId" IS NULL));
ALTER TABLE "AuthenticationMethod" ADD CONSTRAINT "AuthenticationMethod_timeout" CHECK ("timeoutSeconds" BETWEEN 1 AND 300);

-- A value is plain or sealed, never both.
ALTER TABLE "InstanceValue" ADD CONSTRAINT "InstanceValue_plain_or_sealed" CHECK (("value" IS NULL) <> ("sealedValue" IS NULL));
ALTER TABLE "ShapeValue" ADD CONSTRAINT "ShapeValue_plain_or_sealed" CHECK (("value" IS NULL) <> ("sealedValue" IS NULL));
ALTER TABLE "ShapeValue" ADD CONSTRAINT "ShapeValue_one_subject" CHECK (("variableId" IS NULL) <> ("parameterId" IS NULL));

-- Composite references are not checked when one part is null: a shape that names an instance or an endpoint names its connector.
ALTER TABLE "Shape" ADD CONSTRAINT "Shape_connector_named" CHECK (
  "connectorId" IS NOT NULL OR ("instanceId" IS NULL AND "endpointId" IS NULL)
);

-- A connector belongs to one workspace. The planner, told so, expects all of its rows and reads them in the order of an index.
CREATE STATISTICS "Endpoint_connector_in_workspace" (dependencies) ON "workspaceId", "connectorId" FROM "Endpoint";
CREATE STATISTICS "Instance_connector_in_workspace" (dependencies) ON "workspaceId", "connectorId" FROM "Instance";

-- The method of an instance is fixed (rule R5).
CREATE FUNCTION refuse_method_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the authentication method of an instance is fixed (rule R5)' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "Instance_method_fixed" BEFORE UPDATE ON "Instance"
  FOR EACH ROW WHEN (OLD."methodId" IS DISTINCT FROM NEW."methodId" OR OLD."connectorId" IS DISTINCT FROM NEW."connectorId")
  EXECUTE FUNCTION refuse_method_change();

-- The value of a secret variable is sealed. Whoever writes a plain one waits for a change of the variable that is under
-- way, and is refused when it has become secret meanwhile.
CREATE FUNCTION refuse_plain_secret() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  variable_is_secret boolean;
BEGIN
  SELECT "secret" INTO variable_is_secret FROM "Variable" WHERE "workspaceId" = NEW."workspaceId" AND "id" = NEW."variableId" FOR SHARE;
  IF variable_is_secret THEN
    RAISE EXCEPTION 'the value of a secret variable is sealed' USING ERRCODE = 'check_violation', HINT = 'plain_secret';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "InstanceValue_secret_sealed" BEFORE INSERT OR UPDATE ON "InstanceValue"
  FOR EACH ROW WHEN (NEW."value" IS NOT NULL) EXECUTE FUNCTION refuse_plain_secret();
CREATE TRIGGER "ShapeValue_secret_sealed" BEFORE INSERT OR UPDATE ON "ShapeValue"
  FOR EACH ROW WHEN (NEW."value" IS NOT NULL AND NEW."variableId" IS NOT NULL) EXECUTE FUNCTION refuse_plain_secret();

-- The audit log is append-only.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER "AuditLog_append_only" BEFORE UPDATE OR DELETE ON "AuditLog"
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER "AuditLog_no_truncate" BEFORE TRUNCATE ON "AuditLog"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

-- Rows of days without a partition of their own (a late clean-up job) still find a home.
CREATE TABLE "RequestLog_default" PARTITION OF "RequestLog" DEFAULT;
CREATE TABLE "RequestLogBody_default" PARTITION OF "RequestLogBody" DEFAULT;
