namespace Signals.Azure.Settings;

/// <param name="ApiKey">Signals__SendGridApiKey: a key with the right to send mail, and no other.</param>
/// <param name="Sandbox">Signals__SendGridSandbox: SendGrid checks every mail and delivers none.</param>
/// <param name="Endpoint">Signals__SendGridEndpoint: another address than https://api.sendgrid.com, for the EU region and for
/// tests.</param>
public sealed record SendGridSettings(string ApiKey, bool Sandbox = false, Uri? Endpoint = null)
{
    public static readonly Uri DefaultEndpoint = new("https://api.sendgrid.com");

    public override string ToString() => $"SendGrid at {Endpoint ?? DefaultEndpoint}{(Sandbox ? ", sandbox" : "")}";
}
