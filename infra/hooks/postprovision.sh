#!/bin/sh
# Makes the secrets that the app needs, once, in its Key Vault and nowhere else. A secret that is there, or was deleted and can be
# recovered, is left alone: another recipient key would name other partitions, and every suppression would be forgotten.
set -eu
umask 077

vault=${AZURE_KEY_VAULT_NAME:?"run this with azd provision, or azd hooks run postprovision"}
app="/subscriptions/${AZURE_SUBSCRIPTION_ID:?}/resourceGroups/${AZURE_RESOURCE_GROUP:?}/providers/Microsoft.Web/sites/${AZURE_FUNCTION_NAME:?}"

command -v az >/dev/null || { echo "The Azure CLI (az) is needed to make the app's secrets; sign in to it with: az login" >&2; exit 1; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The right to read the vault was given a moment ago and takes a while to be known everywhere.
attempt=1
until az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv >"$folder/names" 2>"$folder/error"; do
  if [ "$attempt" -ge 20 ]; then
    cat "$folder/error" >&2
    echo "The vault $vault cannot be read. Nothing was changed. Who deploys needs the role Key Vault Secrets Officer on it." >&2
    exit 1
  fi
  attempt=$((attempt + 1))
  sleep 15
done

# keep NAME COMMAND...: stores what the command prints, unless the secret exists. Its value is never an argument of a process.
keep() {
  name=$1
  shift
  if grep -qx "$name" "$folder/names"; then
    echo "$name: kept"
    return
  fi
  "$@" | tr -d '\n' >"$folder/value"
  [ -s "$folder/value" ] || { echo "$name could not be made" >&2; exit 1; }
  az keyvault secret set --vault-name "$vault" --name "$name" --file "$folder/value" --encoding utf-8 --output none
  rm "$folder/value"
  echo "$name: made"
}

hex() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
key() { head -c 32 /dev/urandom | base64 | tr -d '\n'; }

keep write-keys hex 16
keep api-token hex 20
keep recipient-key key
keep unsubscribe-keys key

# The app looked for its secrets when it was made, before they were there.
az rest --method post --url "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none

cat <<END

SDKs send to ${SIGNALS_URL:?} with the write key. To see it, or the API token:
  az keyvault secret show --vault-name $vault --name write-keys --query value --output tsv
  az keyvault secret show --vault-name $vault --name api-token --query value --output tsv
END
