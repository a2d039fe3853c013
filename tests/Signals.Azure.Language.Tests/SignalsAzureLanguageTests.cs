using Microsoft.Extensions.DependencyInjection;
using Signals.Azure.Settings;
using Signals.Core.Intake.Text;

namespace Signals.Azure.Language.Tests;

public sealed class SignalsAzureLanguageTests
{
    [Fact]
    public async Task The_service_takes_the_embedded_analyzers_place_and_is_not_reached_before_it_is_used()
    {
        var azure = new AzureSettings(
            new ServiceAccess(null, "https://acme.table.core.windows.net/"),
            new ServiceAccess(null, "acme.servicebus.windows.net")
        );
        await using var provider = new ServiceCollection()
            .AddLogging()
            .AddSignalsAzure(azure)
            .AddSignalsLanguage(new LanguageSettings(new Uri("https://acme.cognitiveservices.azure.com")))
            .BuildServiceProvider();

        Assert.IsType<LanguageTextAnalyzer>(provider.GetRequiredService<ITextAnalyzer>());
    }
}
