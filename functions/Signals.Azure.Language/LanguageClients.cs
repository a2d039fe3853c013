using Azure;
using Azure.AI.TextAnalytics;
using Signals.Azure.Settings;

namespace Signals.Azure.Language;

internal static class LanguageClients
{
    /// <summary>Short: there is another analyzer to fall back to.</summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(10);

    private const int MaxRetries = 1;

    public static TextAnalyticsClient Create(LanguageSettings settings, TextAnalyticsClientOptions? options = null)
    {
        options ??= new TextAnalyticsClientOptions();
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.NetworkTimeout = AnswerWait;
        return settings.Key is { } key
            ? new TextAnalyticsClient(settings.Endpoint, new AzureKeyCredential(key), options)
            : new TextAnalyticsClient(settings.Endpoint, settings.Access.Credential(), options);
    }
}
