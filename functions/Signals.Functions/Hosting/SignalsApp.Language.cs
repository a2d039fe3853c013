using Microsoft.Extensions.DependencyInjection;
using Signals.Azure.Language;
using Signals.Azure.Settings;

namespace Signals.Functions.Hosting;

/// <summary>Compiled only where Azure AI Language's packages are served.</summary>
public static partial class SignalsApp
{
    static partial void AddLanguage(IServiceCollection services, LanguageSettings settings, ref bool added)
    {
        services.AddSignalsLanguage(settings);
        added = true;
    }
}
