using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Languages;

/// <summary>Which of the languages there are a reader likes best, by their <c>Accept-Language</c>.</summary>
internal static class AcceptedLanguage
{
    private const int MaxLanguages = 20;

    /// <summary>Of those that customers are written to in; English when none is asked for, or the header cannot be read.</summary>
    public static Language OfCustomer(StringValues acceptLanguage) => Of(acceptLanguage, static _ => true);

    /// <summary>Of those that the team's pages are in; English when none is asked for, or the header cannot be read.</summary>
    public static Language OfTeam(StringValues acceptLanguage) => Of(acceptLanguage, static language => language.IsForTeam);

    private static Language Of(StringValues acceptLanguage, Func<Language, bool> spoken)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptLanguage, out var languages))
            return Language.English;
        var wanted = languages.Take(MaxLanguages).Where(language => language.Quality is not 0);
        foreach (var language in wanted.OrderByDescending(language => language.Quality ?? 1))
        {
            string locale = language.Value.ToString();
            if (locale == "*")
                break;
            if (Language.Find(locale) is { } found && spoken(found))
                return found;
        }
        return Language.English;
    }
}
