using '../main.bicep'

// Every parameter set but the mail server's, each to something else than its default: every other condition of the templates is true here and false in defaults.bicepparam, or the other way round.
param environmentName = 'signals-full'
param location = 'westeurope'
param deployerPrincipalId = '00000000-0000-0000-0000-00000000000d'
param alertEmail = 'operators@signals.example'
param publicUrl = 'https://signals.example'
param sendGrid = true
param sendGridSandbox = true
param sandboxRecipient = 'tests@nimbus.example'
param sendGridEndpoint = 'https://api.eu.sendgrid.com'
param sendGridWebhookKeys = 'a-public-key'
param slack = true
param webhooks = true
param doors = true
param browserWriteKeys = 'a-key-for-pages-of-ours'
param proxies = '203.0.113.7'
param eventsPath = '/ev'
param privateWebhooks = '10.1.0.0/16'
param language = false
param languageSku = 'F0'
param signInClientId = '00000000-0000-0000-0000-00000000000c'
param maximumInstanceCount = 10
param instanceMemoryMB = 4096
param httpConcurrency = 50
param alwaysReadyInstances = 1
param stateRedundancy = 'Standard_RAGZRS'
param stateLock = false
param foldLagMessages = 500
param logRetentionDays = 90
param logDailyCapGB = 20
param otlpEndpoint = 'https://collector.signals.example:4317'
