using Signals.Core.Model;
using Signals.Messages.Sources;
using Signals.Web.Ingestion;

namespace Signals.Local.Hosting;

/// <summary>What a run of the one-machine host was asked for.</summary>
public sealed record LocalOptions(string DataFolder, ValueModel Model, TemplateSource Templates, LocalSettings Settings)
{
    /// <summary>The browser library that stands beside the model.</summary>
    public BrowserLibrary Library { get; init; } = BrowserLibrary.None;

    /// <summary>Whether each request gets a line on the console.</summary>
    public bool LogRequests { get; init; }

    public string OutboxFolder => Path.Combine(DataFolder, "outbox");

    public string WriteKey => Settings.WriteKey ?? LocalKeys.Open(DataFolder).WriteKey;

    /// <summary>Sends from pages and apps; all who look at them can read it.</summary>
    public string BrowserWriteKey => Settings.BrowserWriteKey ?? LocalKeys.Open(DataFolder).BrowserWriteKey;

    public string ApiToken => Settings.ApiToken ?? LocalKeys.Open(DataFolder).ApiToken;
}
