using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Azure.Settings;
using Signals.Core.Intake.Text;

namespace Signals.Azure.Language;

public static class SignalsAzureLanguage
{
    /// <summary>
    /// Azure AI Language in the place of the embedded analyzer that <see cref="SignalsAzure.AddSignalsAzure"/> brings, which it falls back
    /// to.
    /// Nothing is reached before it is used.
    /// </summary>
    public static IServiceCollection AddSignalsLanguage(this IServiceCollection services, LanguageSettings settings) =>
        services.AddSingleton<ITextAnalyzer>(provider => new LanguageTextAnalyzer(
            LanguageClients.Create(settings),
            provider.GetRequiredService<EmbeddedTextAnalyzer>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<LanguageTextAnalyzer>>()
        ));
}
