@description('Makes names unique.')
param token string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Principal id of the app.')
param appPrincipalId string

@description('Redundancy of the account that holds the state.')
param stateRedundancy string

@description('True: the account that holds the state cannot be deleted until somebody deletes its lock.')
param stateLock bool

var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

resource hostAccount 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'sthost${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: hostAccount
  name: 'default'
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'deployments'
}

resource stateAccount 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'ststate${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: stateRedundancy
  }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource keepState 'Microsoft.Authorization/locks@2020-05-01' = if (stateLock) {
  name: 'keep-state'
  scope: stateAccount
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds every account, person and suppression. Tables have no soft delete.'
  }
}

resource hostKeepsItsBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, appPrincipalId, storageBlobDataOwner)
  scope: hostAccount
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataOwner)
  }
}

resource hostWritesDiagnosticEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, appPrincipalId, storageTableDataContributor)
  scope: hostAccount
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
  }
}

resource appKeepsItsState 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(stateAccount.id, appPrincipalId, storageTableDataContributor)
  scope: stateAccount
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
  }
}

@description('The account of the Functions host: locks, keys, the deployed package.')
output hostName string = hostAccount.name

@description('Where deployments put the app.')
output deploymentContainerUrl string = '${hostAccount.properties.primaryEndpoints.blob}${deployments.name}'

@description('The account that holds the state.')
output stateName string = stateAccount.name

@description('The tables of the account that holds the state.')
output tablesEndpoint string = stateAccount.properties.primaryEndpoints.table
