using '../main.bicep'

// A mail server that takes a password, instead of SendGrid.
param environmentName = 'signals-mail'
param location = 'westeurope'
param smtpHost = 'smtp.azurecomm.net'
param smtpUser = 'nimbus-mail'
