using '../main.bicep'

// A mail server that takes no password: every parameter of it set to something else than its default.
param environmentName = 'signals-oauth'
param location = 'westeurope'
param smtpHost = 'smtp.office365.com'
param smtpPort = 465
param smtpSecurity = 'tls'
param smtpUser = 'help@nimbus.example'
param smtpOAuthTokenUrl = 'https://login.microsoftonline.com/nimbus.example/oauth2/v2.0/token'
param smtpOAuthClientId = '00000000-0000-0000-0000-00000000000e'
param smtpOAuthScope = 'https://outlook.office365.com/.default'
