using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Signals.Web.Languages;

/// <summary>Which of the languages there are a reader likes best, by their <c>Accept-Language</c>.</summary>
internal static class AcceptedLanguage
{
    private const int MaxLanguages = 20;

    /// <summary><c>en</c> or <c>fr</c>; English when neither is asked for, or the header cannot be read.</summary>
    public static string Of(StringValues acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptLanguage, out var languages))
            return "en";
        var wanted = languages.Take(MaxLanguages).Where(language => language.Quality is not 0);
        foreach (var language in wanted.OrderByDescending(language => language.Quality ?? 1))
        {
            string primary = language.Value.ToString().Split('-')[0].ToLowerInvariant();
            if (primary is "fr" or "en")
                return primary;
            if (primary == "*")
                return "en";
        }
        return "en";
    }
}
