@description('Name of the resource, and its subdomain: tokens are accepted on a subdomain of its own only.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Principal id of the app, which has texts analyzed.')
param appPrincipalId string

@description('Price tier.')
param sku string

var cognitiveServicesLanguageReader = '7628b7b8-a8b2-4cdc-b46f-e9b35248918e'

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: name
  location: location
  tags: tags
  kind: 'TextAnalytics'
  sku: {
    name: sku
  }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: 'Enabled'
  }
}

resource appReadsTexts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, appPrincipalId, cognitiveServicesLanguageReader)
  scope: account
  properties: {
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cognitiveServicesLanguageReader)
  }
}

@description('Where texts are sent.')
output endpoint string = account.properties.endpoint
