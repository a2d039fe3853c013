targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Name of the azd environment. The resource group is named after it, and every other name is derived from it.')
param environmentName string

@minLength(1)
@description('Region of every resource. It must offer Flex Consumption: az functionapp list-flexconsumption-locations.')
@metadata({
  azd: {
    type: 'location'
  }
})
param location string

@description('Object id of who deploys. They may read and write the secrets of the vault, which the postprovision hook needs. Empty: nobody is given that.')
param deployerPrincipalId string = ''

@description('Who is mailed when an alert fires. Empty: alerts are only seen in the portal.')
param alertEmail string = ''

@description('The https address that customers and SDKs use, when the app has a domain of its own. Empty: the address of the function app.')
param publicUrl string = ''

@description('True once the SendGrid API key is in the vault. False, and no mail server: the app decides and shows everything, and can send nothing.')
param sendGrid bool = false

@description('True: SendGrid checks every mail and delivers none.')
param sendGridSandbox bool = false

@description('The one address that gets every mail and alert instead of whom it is for, while things are tried out. Empty: everybody gets their own.')
param sandboxRecipient string = ''

@description('Another SendGrid address than https://api.sendgrid.com: https://api.eu.sendgrid.com for an account in the EU. Empty: the default.')
param sendGridEndpoint string = ''

@description('Verification keys of SendGrid\'s signed event webhook, comma-separated; they are public keys. Empty: the webhook is closed.')
param sendGridWebhookKeys string = ''

@description('A mail server that takes the mails instead of SendGrid: smtp.azurecomm.net for Azure Communication Services. Empty: none.')
param smtpHost string = ''

@minValue(1)
@maxValue(65535)
@description('Port of the mail server. Azure lets nothing out on 25.')
param smtpPort int = 587

@allowed(['starttls', 'tls', 'none'])
@description('How the mail server is spoken to: with STARTTLS, with TLS from the first byte, or in the clear (which takes no secret).')
param smtpSecurity string = 'starttls'

@description('Who signs in at the mail server, by smtp-password in the vault, or by OAuth where that is set. Empty: nobody.')
param smtpUser string = ''

@description('Token address of an authorization server, for a mail server that wants OAuth; smtp-oauth-client-secret is in the vault. Empty: a password.')
param smtpOAuthTokenUrl string = ''

@description('Id of the app at that authorization server.')
param smtpOAuthClientId string = ''

@description('What the token is for, where the authorization server wants to be told.')
param smtpOAuthScope string = ''

@description('True once the signing secret of the Slack app is in the vault: alerts in Slack have buttons. False: they have links.')
param slack bool = false

@description('Other systems are told what happens: their secrets are in the vault, as webhook-secrets.')
param webhooks bool = false

@description('Other services tell what happens there: their secrets are in the vault, as door-secrets.')
param doors bool = false

@description('Write keys for pages and apps, comma-separated; anybody can read them there. Empty: none but those made on the dashboard.')
param browserWriteKeys string = ''

@description('Proxies of your own before the app, addresses or networks, comma-separated. Empty: none is believed.')
param proxies string = ''

@description('Another path under which events are taken, such as /ev: blockers know the usual ones. Empty: none.')
param eventsPath string = ''

@description('Private networks that webhooks of the model may reach, comma-separated. Empty: none.')
param privateWebhooks string = ''

@description('True: feedback is read by Azure AI Language. False: by the analyzer that is built into the app.')
param language bool = true

@allowed(['F0', 'S'])
@description('Price tier of Azure AI Language. F0 is free, limited, and once a subscription and region.')
param languageSku string = 'S'

@description('Client id of the Entra app registration that signs people in to the dashboard. Empty: App Service authentication is off, and the dashboard asks for the API token.')
param signInClientId string = ''

@minValue(1)
@maxValue(1000)
@description('The most instances of each function group: HTTP is one, and each queue and timer is one of its own. docs/deploying.md says what a flood can cost.')
param maximumInstanceCount int = 40

@allowed([512, 2048, 4096])
@description('Memory of one instance.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('Requests that one instance answers at once before another is started.')
param httpConcurrency int = 400

@minValue(0)
@maxValue(100)
@description('Instances that always wait for requests, so that SDKs meet no cold start. Each is billed around the clock.')
param alwaysReadyInstances int = 0

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_GZRS', 'Standard_RAGZRS'])
@description('Redundancy of the account that holds the state. Not every region has zones (ZRS) or a pair (GRS).')
param stateRedundancy string = 'Standard_ZRS'

@description('True: the account that holds the state cannot be deleted until somebody deletes its lock.')
param stateLock bool = true

@minValue(1)
@description('Messages in the queue of usage events that, left unread for 15 minutes, mean that folding lags.')
param foldLagMessages int = 100

@minValue(30)
@maxValue(730)
@description('Days that logs and traces are kept.')
param logRetentionDays int = 30

@minValue(1)
@description('GB of logs and traces a day; what comes beyond that is dropped until the next day.')
param logDailyCapGB int = 5

@description('An OTLP collector that gets traces, metrics and logs. Empty: none, and the metrics of the app itself go nowhere.')
param otlpEndpoint string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var queueNames = ['usage', 'reviews', 'outreach', 'webhooks']

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    retentionDays: logRetentionDays
    dailyCapGB: logDailyCapGB
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    stateRedundancy: stateRedundancy
    stateLock: stateLock
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  scope: group
  params: {
    name: 'sb-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    queueNames: queueNames
  }
}

module textLanguage 'modules/language.bicep' = if (language) {
  scope: group
  params: {
    name: 'lang-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    sku: languageSku
  }
}

module keyVault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: 'kv-${token}'
    location: location
    tags: tags
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: deployerPrincipalId
  }
}

module functionApp 'modules/function-app.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostStorageName: storage.outputs.hostName
    deploymentContainerUrl: storage.outputs.deploymentContainerUrl
    tablesEndpoint: storage.outputs.tablesEndpoint
    serviceBusHost: serviceBus.outputs.host
    languageEndpoint: textLanguage.?outputs.endpoint ?? ''
    vaultUri: keyVault.outputs.uri
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    otlpEndpoint: otlpEndpoint
    publicUrl: publicUrl
    sendGrid: sendGrid
    sendGridSandbox: sendGridSandbox
    sandboxRecipient: sandboxRecipient
    sendGridEndpoint: sendGridEndpoint
    sendGridWebhookKeys: sendGridWebhookKeys
    smtpHost: smtpHost
    smtpPort: smtpPort
    smtpSecurity: smtpSecurity
    smtpUser: smtpUser
    smtpOAuthTokenUrl: smtpOAuthTokenUrl
    smtpOAuthClientId: smtpOAuthClientId
    smtpOAuthScope: smtpOAuthScope
    slack: slack
    webhooks: webhooks
    doors: doors
    browserWriteKeys: browserWriteKeys
    proxies: proxies
    eventsPath: eventsPath
    privateWebhooks: privateWebhooks
    signInClientId: signInClientId
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
    httpConcurrency: httpConcurrency
    alwaysReadyInstances: alwaysReadyInstances
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    email: alertEmail
    serviceBusId: serviceBus.outputs.id
    queueNames: queueNames
    foldLagMessages: foldLagMessages
    applicationInsightsId: monitoring.outputs.applicationInsightsId
  }
}

@description('The region, as azd keeps it.')
output AZURE_LOCATION string = location

@description('The Entra tenant of the subscription.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('The resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The vault that the postprovision hook fills.')
output AZURE_KEY_VAULT_NAME string = keyVault.outputs.name

@description('The function app.')
output AZURE_FUNCTION_NAME string = functionApp.outputs.name

@description('Principal id of the app: what a federated credential of the dashboard names as its subject.')
output AZURE_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('The storage account that holds the state.')
output AZURE_STATE_STORAGE_NAME string = storage.outputs.stateName

@description('The Service Bus namespace.')
output AZURE_SERVICE_BUS_NAME string = serviceBus.outputs.name

@description('The address of the app: dashboard, API, and where SDKs send to.')
output SIGNALS_URL string = functionApp.outputs.url
