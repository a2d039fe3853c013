@description('Makes names unique.')
param token string

@description('Region.')
param location string

@description('Tags.')
param tags { *: string }

@description('Resource id of the identity that the app uses for everything.')
param identityId string

@description('Client id of that identity.')
param identityClientId string

@description('Storage account of the Functions host.')
param hostStorageName string

@description('Container that deployments put the app into.')
param deploymentContainerUrl string

@description('Tables that hold the state.')
param tablesEndpoint string

@description('Host name of the Service Bus namespace.')
param serviceBusHost string

@description('Azure AI Language. Empty: the analyzer that is built into the app.')
param languageEndpoint string

@description('Address of the vault.')
param vaultUri string

@description('Where telemetry goes.')
param applicationInsightsConnectionString string

@description('An OTLP collector. Empty: none.')
param otlpEndpoint string

@description('The https address that customers see. Empty: the address of the function app.')
param publicUrl string

@description('True once the SendGrid API key is in the vault.')
param sendGrid bool

@description('True: SendGrid delivers nothing.')
param sendGridSandbox bool

@description('The one address that gets every mail and alert; empty for none.')
param sandboxRecipient string

@description('Another SendGrid address. Empty: the default.')
param sendGridEndpoint string

@description('Verification keys of SendGrid\'s signed event webhook. Empty: the webhook is closed.')
param sendGridWebhookKeys string

@description('A mail server instead of SendGrid. Empty: none.')
param smtpHost string

@description('Port of the mail server.')
param smtpPort int

@description('starttls, tls or none.')
param smtpSecurity string

@description('Who signs in at the mail server. Empty: nobody.')
param smtpUser string

@description('Token address of an authorization server. Empty: a password.')
param smtpOAuthTokenUrl string

@description('Id of the app at that authorization server.')
param smtpOAuthClientId string

@description('What the token is for.')
param smtpOAuthScope string

@description('True once the signing secret of the Slack app is in the vault.')
param slack bool

@description('The vault holds webhook-secrets.')
param webhooks bool

@description('The vault holds door-secrets.')
param doors bool

@description('Write keys for pages and apps, comma-separated; anybody can read them there. Empty: none but those made on the dashboard.')
param browserWriteKeys string

@description('Proxies of your own before the app, addresses or networks, comma-separated. Empty: none is believed.')
param proxies string

@description('Another path under which events are taken, such as /ev. Empty: none.')
param eventsPath string

@description('Private networks that webhooks of the model may reach, comma-separated. Empty: none.')
param privateWebhooks string

@description('Client id of the Entra app registration of the dashboard. Empty: App Service authentication is off.')
param signInClientId string

@description('The most instances of each function group.')
param maximumInstanceCount int

@description('Memory of one instance.')
param instanceMemoryMB int

@description('Requests that one instance answers at once.')
param httpConcurrency int

@description('Instances that always wait for requests.')
param alwaysReadyInstances int

var signIn = !empty(signInClientId)
var smtpOAuth = !empty(smtpOAuthTokenUrl)

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstanceCount
        instanceMemoryMB: instanceMemoryMB
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
  }
}

resource settings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    {
      AzureWebJobsStorage__accountName: hostStorageName
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsDisableHomepage: 'true'
      AZURE_CLIENT_ID: identityClientId
      Tables__endpoint: tablesEndpoint
      Tables__credential: 'managedidentity'
      ServiceBus__fullyQualifiedNamespace: serviceBusHost
      ServiceBus__credential: 'managedidentity'
      ServiceBus__clientId: identityClientId
      Signals__ModelFile: 'model/model.json'
      Signals__WriteKeys: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/write-keys)'
      Signals__BrowserWriteKeys: browserWriteKeys
      Signals__ApiToken: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/api-token)'
      Signals__RecipientKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/recipient-key)'
      Signals__UnsubscribeKeys: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/unsubscribe-keys)'
      Signals__Proxies: proxies
      Signals__EventsPath: eventsPath
      Signals__PrivateWebhooks: privateWebhooks
      Signals__PublicUrl: publicUrl
      Signals__SendGridApiKey: sendGrid ? '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/sendgrid-api-key)' : ''
      Signals__SendGridSandbox: sendGridSandbox ? 'true' : 'false'
      Signals__SandboxRecipient: sandboxRecipient
      Signals__SendGridEndpoint: sendGridEndpoint
      Signals__SendGridWebhookKeys: sendGridWebhookKeys
      Signals__WebhookSecrets: webhooks ? '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/webhook-secrets)' : ''
      Signals__DoorSecrets: doors ? '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/door-secrets)' : ''
      Signals__SlackSigningSecret: slack ? '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/slack-signing-secret)' : ''
      Signals__LanguageEndpoint: languageEndpoint
      Signals__LanguageCredential: 'managedidentity'
      Signals__AppServiceAuthentication: signIn ? 'true' : 'false'
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    },
    empty(smtpHost)
      ? {}
      : {
          Signals__SmtpHost: smtpHost
          Signals__SmtpPort: string(smtpPort)
          Signals__SmtpSecurity: smtpSecurity
          Signals__SmtpUser: smtpUser
          Signals__SmtpPassword: empty(smtpUser) || smtpOAuth
            ? ''
            : '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/smtp-password)'
          Signals__SmtpOAuthTokenUrl: smtpOAuthTokenUrl
          Signals__SmtpOAuthClientId: smtpOAuthClientId
          Signals__SmtpOAuthClientSecret: smtpOAuth
            ? '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/smtp-oauth-client-secret)'
            : ''
          Signals__SmtpOAuthScope: smtpOAuthScope
        },
    empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint },
    signIn ? { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId } : {}
  )
}

resource signInSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: signIn
    }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
      // Plain prefixes: a wildcard is not documented to mean anything here. What has keys of its own or needs none lies under one of them.
      excludedPaths: concat(
        [
          '/v1'
          '/analytics.js'
          '/beacon'
          '/sourceConfig'
          '/schemas'
          '/api'
          '/mcp'
          '/openapi'
          '/webhooks'
          '/u'
          '/address'
          '/survey'
          '/answer'
          '/reports'
          '/regulations'
          '/v1beta'
          '/healthz'
          '/readyz'
        ],
        empty(eventsPath) ? [] : [eventsPath]
      )
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: signIn
        registration: signIn
          ? {
              clientId: signInClientId
              // Not a secret: App Service signs in with the app's identity when the setting has exactly this name.
              clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
              openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
            }
          : {}
        validation: {
          allowedAudiences: signIn ? [signInClientId, 'api://${signInClientId}'] : []
        }
      }
    }
    login: {
      tokenStore: {
        enabled: false
      }
    }
  }
  dependsOn: [
    settings
  ]
}

@description('Name of the function app.')
output name string = app.name

@description('Address of the app, as customers see it.')
output url string = empty(publicUrl) ? 'https://${app.properties.defaultHostName}' : publicUrl
