#!/usr/bin/env pwsh
# Makes the secrets that the app needs, once, in its Key Vault and nowhere else. A secret that is there, or was deleted and can be
# recovered, is left alone: another recipient key would name other partitions, and every suppression would be forgotten.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

foreach ($name in 'AZURE_KEY_VAULT_NAME', 'AZURE_SUBSCRIPTION_ID', 'AZURE_RESOURCE_GROUP', 'AZURE_FUNCTION_NAME', 'SIGNALS_URL') {
    if (-not [Environment]::GetEnvironmentVariable($name)) { throw "$name is not set: run this with azd provision, or azd hooks run postprovision." }
}
if (-not (Get-Command az -ErrorAction SilentlyContinue)) { throw 'The Azure CLI (az) is needed to make the app''s secrets; sign in to it with: az login' }

$vault = $env:AZURE_KEY_VAULT_NAME
$app = "/subscriptions/$env:AZURE_SUBSCRIPTION_ID/resourceGroups/$env:AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$env:AZURE_FUNCTION_NAME"

# The right to read the vault was given a moment ago and takes a while to be known everywhere.
for ($attempt = 1; ; $attempt++) {
    $names = @(az keyvault secret list --vault-name $vault --query '[].name' --output tsv)
    if ($LASTEXITCODE -eq 0) { break }
    if ($attempt -ge 20) { throw "The vault $vault cannot be read. Nothing was changed. Who deploys needs the role Key Vault Secrets Officer on it." }
    Start-Sleep -Seconds 15
}

# Stores the value, unless the secret exists. It is never an argument of a process.
function Save-Secret([string] $Name, [string] $Value) {
    if ($names -contains $Name) {
        Write-Host "${Name}: kept"
        return
    }
    $file = New-TemporaryFile
    try {
        [IO.File]::WriteAllText($file.FullName, $Value)
        az keyvault secret set --vault-name $vault --name $Name --file $file.FullName --encoding utf-8 --output none
        if ($LASTEXITCODE -ne 0) { throw "$Name could not be stored." }
    }
    finally {
        Remove-Item $file
    }
    Write-Host "${Name}: made"
}

function New-Hex([int] $Bytes) { [Convert]::ToHexString([Security.Cryptography.RandomNumberGenerator]::GetBytes($Bytes)).ToLowerInvariant() }
function New-Key { [Convert]::ToBase64String([Security.Cryptography.RandomNumberGenerator]::GetBytes(32)) }

Save-Secret 'write-keys' (New-Hex 16)
Save-Secret 'api-token' (New-Hex 20)
Save-Secret 'recipient-key' (New-Key)
Save-Secret 'unsubscribe-keys' (New-Key)

# The app looked for its secrets when it was made, before they were there.
az rest --method post --url "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
if ($LASTEXITCODE -ne 0) { throw 'The app could not be told to read its secrets again.' }

Write-Host @"

SDKs send to $env:SIGNALS_URL with the write key. To see it, or the API token:
  az keyvault secret show --vault-name $vault --name write-keys --query value --output tsv
  az keyvault secret show --vault-name $vault --name api-token --query value --output tsv
"@
