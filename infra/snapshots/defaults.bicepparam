using '../main.bicep'

// The least that can be said: every other parameter at its default.
param environmentName = 'signals'
param location = 'westeurope'
