using System.Net;
using Microsoft.Extensions.Configuration;
using Signals.Azure.Settings;
using Signals.Core.Intake.WriteAccess;
using Signals.Core.Model;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Suppressions;
using Signals.Messages.Sources;
using Signals.Web.Doors;
using Signals.Web.Ingestion;
using Signals.Web.OutgoingWebhooks;
using Signals.Web.Security;
using Signals.Web.Webhooks;

namespace Signals.Functions.Hosting;

/// <summary>Everything the function app is told. docs/settings.md and local.settings.sample.json explain every setting.</summary>
public sealed record AppSettings
{
    public const string DefaultModelFile = "model/model.json";

    public required AzureSettings Azure { get; init; }

    /// <summary>Signals__ModelFile.</summary>
    public required ValueModel Model { get; init; }

    /// <summary>The embedded templates, under the team's own beside the model file.</summary>
    public required TemplateSource Templates { get; init; }

    /// <summary>Signals__WriteKeys, which live on servers, and Signals__BrowserWriteKeys.</summary>
    public required HashedWriteKeys WriteKeys { get; init; }

    /// <summary>Signals__PrivateWebhooks.</summary>
    public IReadOnlyList<IPNetwork> PrivateWebhooks { get; init; } = [];

    /// <summary>Signals__EventsPath.</summary>
    public EventsPath EventsPath { get; init; } = EventsPath.None;

    /// <summary>The browser library beside the model file.</summary>
    public BrowserLibrary Library { get; init; } = BrowserLibrary.None;

    /// <summary>Signals__Proxies.</summary>
    public TrustedProxies Proxies { get; init; } = TrustedProxies.None;

    /// <summary>Signals__ApiToken.</summary>
    public required string ApiToken { get; init; }

    /// <summary>Signals__RecipientKey.</summary>
    public required RecipientKey RecipientKey { get; init; }

    /// <summary>Signals__UnsubscribeKeys.</summary>
    public required LinkKeys LinkKeys { get; init; }

    /// <summary>Signals__PublicUrl, or the model's, or the host name that App Service gave the app. No slash at its end.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Signals__SendGridWebhookKeys; without one the event webhook is closed.</summary>
    public required SendGridSignature WebhookSignature { get; init; }

    /// <summary>Signals__SlackSigningSecret; without one alerts in Slack hold links and no buttons.</summary>
    public string? SlackSigningSecret { get; init; }

    /// <summary>Signals__WebhookSecrets: by which keys what other systems are told is signed.</summary>
    public WebhookSecrets WebhookSecrets { get; init; } = WebhookSecrets.None;

    /// <summary>Signals__DoorSecrets: by which secrets the posts of other services are known.</summary>
    public DoorSecrets DoorSecrets { get; init; } = DoorSecrets.None;

    /// <summary>Signals__SandboxRecipient: the one address that gets every mail and alert instead of whom it is for.</summary>
    public SandboxRecipient Sandbox { get; init; } = SandboxRecipient.None;

    /// <summary>Signals__AppServiceAuthentication: the platform stands before every request and signs people in.</summary>
    public required bool AppServiceAuthentication { get; init; }

    /// <param name="configuration">The app's settings.</param>
    /// <param name="appFolder">Where a relative model file starts.</param>
    /// <param name="unresolved">Why a setting that refers to a secret could not be followed, by its name; null when nobody tried.</param>
    /// <exception cref="InvalidSettingsException">Lists every setting that is missing or cannot be used.</exception>
    public static AppSettings Read(IConfiguration configuration, string appFolder, IReadOnlyDictionary<string, string>? unresolved = null)
    {
        var reader = new SettingsReader(configuration);
        var secrets = new SecretReader(reader, unresolved);
        var azure = AzureSettings.Read(reader);
        var (model, templates) = ReadModel(reader, appFolder);
        var writeKeys = secrets.Texts("Signals__WriteKeys", "write keys");
        var browserKeys = secrets.OptionalTexts("Signals__BrowserWriteKeys", "write keys");
        string apiToken = secrets.Text("Signals__ApiToken");
        byte[] recipientKey = secrets.Key("Signals__RecipientKey");
        var unsubscribeKeys = secrets.Keys("Signals__UnsubscribeKeys");
        string publicUrl = ReadPublicUrl(reader, model);
        var signature = ReadWebhookKeys(reader);
        var privateWebhooks = TrustedProxies.ParseNetworks(reader.Text("Signals__PrivateWebhooks"));
        if (privateWebhooks is null)
            reader.Report("Signals__PrivateWebhooks", $"\"{reader.Text("Signals__PrivateWebhooks")}\"", TrustedProxies.Expected);
        var eventsPath = EventsPath.Parse(reader.Text("Signals__EventsPath"));
        if (eventsPath is null)
            reader.Report("Signals__EventsPath", $"\"{reader.Text("Signals__EventsPath")}\"", EventsPath.Expected);
        var proxies = TrustedProxies.Parse(reader.Text("Signals__Proxies"));
        if (proxies is null)
            reader.Report("Signals__Proxies", $"\"{reader.Text("Signals__Proxies")}\"", TrustedProxies.Expected);
        string? slackSigningSecret = secrets.OptionalText("Signals__SlackSigningSecret");
        var webhookSecrets = ReadWebhookSecrets(reader, secrets, model);
        var doorSecrets = ReadDoorSecrets(reader, secrets, model);
        var sandbox = SandboxRecipient.Parse(reader.Text("Signals__SandboxRecipient"));
        if (sandbox is null)
            reader.Report("Signals__SandboxRecipient", $"\"{reader.Text("Signals__SandboxRecipient")}\"", SandboxRecipient.Expected);
        bool authentication = reader.Flag("Signals__AppServiceAuthentication");
        reader.ThrowIfFaulty();
        return new AppSettings
        {
            Azure = azure,
            Model = model!,
            Templates = templates,
            WriteKeys = HashedWriteKeys.FromKeys(writeKeys).WithBrowserKeys(browserKeys),
            ApiToken = apiToken,
            RecipientKey = new RecipientKey(recipientKey),
            LinkKeys = new LinkKeys(unsubscribeKeys),
            PublicUrl = publicUrl,
            PrivateWebhooks = privateWebhooks ?? [],
            EventsPath = eventsPath ?? EventsPath.None,
            Library = BrowserLibrary.Beside(Path.GetFullPath(reader.Text("Signals__ModelFile") ?? DefaultModelFile, appFolder)),
            Proxies = proxies ?? TrustedProxies.None,
            WebhookSignature = signature,
            SlackSigningSecret = slackSigningSecret,
            WebhookSecrets = webhookSecrets,
            DoorSecrets = doorSecrets,
            Sandbox = sandbox ?? SandboxRecipient.None,
            AppServiceAuthentication = authentication,
        };
    }

    /// <summary>Never what it holds: keys must not end in a log.</summary>
    public override string ToString() => nameof(AppSettings);

    private static (ValueModel? Model, TemplateSource Templates) ReadModel(SettingsReader reader, string appFolder)
    {
        const string Name = "Signals__ModelFile";
        string path = Path.GetFullPath(reader.Text(Name) ?? DefaultModelFile, appFolder);
        try
        {
            return (ModelFile.Read(path), ModelFile.Templates(path));
        }
        catch (ModelFileException fault)
        {
            foreach (var error in fault.Errors)
                reader.Report($"{Name}, {error.Path}{(error.At is { } at ? $" ({at})" : "")}", error.Found, error.Expected);
        }
        catch (TemplateException fault)
        {
            reader.Report(Name, fault.Message.TrimEnd('.'), $"good templates in the folder {ModelFile.TemplatesFolder} beside it");
        }
        return (null, TemplateSource.Embedded);
    }

    private static DoorSecrets ReadDoorSecrets(SettingsReader reader, SecretReader secrets, ValueModel? model)
    {
        const string Name = "Signals__DoorSecrets";
        var read = DoorSecrets.Parse(secrets.OptionalText(Name));
        if (read is null)
            reader.Report(Name, "another text (not shown)", DoorSecrets.Expected);
        else if (model is not null && read.MissingIn(model) is { } closed)
            reader.Report(Name, $"none that fits door \"{closed.Id}\"", DoorSecrets.Expected);
        return read ?? DoorSecrets.None;
    }

    private static WebhookSecrets ReadWebhookSecrets(SettingsReader reader, SecretReader secrets, ValueModel? model)
    {
        const string Name = "Signals__WebhookSecrets";
        var read = WebhookSecrets.Parse(secrets.OptionalText(Name));
        if (read is null)
            reader.Report(Name, "another text (not shown)", WebhookSecrets.Expected);
        else if (model is not null && read.MissingIn(model) is { } unsigned)
            reader.Report(Name, $"none for webhook \"{unsigned.Id}\"", WebhookSecrets.Expected);
        return read ?? WebhookSecrets.None;
    }

    private static string ReadPublicUrl(SettingsReader reader, ValueModel? model)
    {
        const string Name = "Signals__PublicUrl";
        if (reader.Text(Name) is not null)
            return reader.Address(Name)?.AbsoluteUri.TrimEnd('/') ?? "";
        if (model?.Outreach.PublicUrl is { } url)
            return url.TrimEnd('/');
        if (reader.Text("WEBSITE_HOSTNAME") is { } host)
            return $"{(host.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) ? "http" : "https")}://{host}";
        if (model?.Outreach.Mode == OutreachMode.Live)
            reader.Report(Name, "nothing", "the app's https address, for the links in mails");
        return "http://localhost";
    }

    private static SendGridSignature ReadWebhookKeys(SettingsReader reader)
    {
        const string Name = "Signals__SendGridWebhookKeys";
        try
        {
            return new SendGridSignature(SecretReader.Split(reader.Text(Name)));
        }
        catch (ArgumentException fault)
        {
            reader.Report(Name, fault.Message.TrimEnd('.'), "the verification keys that SendGrid shows, separated by commas");
            return new SendGridSignature([]);
        }
    }
}
