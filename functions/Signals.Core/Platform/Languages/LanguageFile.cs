using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Platform.Languages;

/// <summary>A file of <c>Catalogues</c>.</summary>
/// <param name="Name">What its speakers call the language.</param>
/// <param name="Readers">Who is written to in it.</param>
/// <param name="Numbers">How it writes numbers.</param>
/// <param name="Days">How it writes days.</param>
/// <param name="Texts">Its words by the English of the code, holes and all.</param>
internal sealed record LanguageFile(
    string Name,
    LanguageReaders Readers,
    LanguageNumbers Numbers,
    LanguageDays Days,
    IReadOnlyDictionary<string, LanguageText> Texts
)
{
    /// <summary>Where the files are among what is embedded.</summary>
    public const string Folder = "Catalogues/";
}

internal enum LanguageReaders
{
    /// <summary>Those whom the product's messages go to.</summary>
    Customers,

    /// <summary>Customers and the team.</summary>
    Everyone,
}

/// <param name="Decimal">Before decimals.</param>
/// <param name="Group">Between thousands.</param>
/// <param name="Percent">A percentage, with <c>{0}</c> for the number.</param>
internal sealed record LanguageNumbers(string Decimal, string Group, string Percent);

/// <summary>Patterns are .NET's custom formats of dates.</summary>
/// <param name="InText">A day in a sentence.</param>
/// <param name="Short">A day without its year, as short as can be read.</param>
/// <param name="Long">A day with its weekday, without its year.</param>
/// <param name="Months">January first.</param>
/// <param name="ShortMonths">January first.</param>
/// <param name="Weekdays">Sunday first.</param>
/// <param name="First">How the first day of a month is written; null for a plain 1.</param>
internal sealed record LanguageDays(
    string InText,
    string Short,
    string Long,
    IReadOnlyList<string> Months,
    IReadOnlyList<string> ShortMonths,
    IReadOnlyList<string> Weekdays,
    string? First = null
);

/// <summary>Words for one English text: a string, or an object with one for each plural category.</summary>
[JsonConverter(typeof(LanguageTextConverter))]
internal sealed record LanguageText(string? Plain, IReadOnlyDictionary<string, string>? Forms);

internal sealed class LanguageTextConverter : JsonConverter<LanguageText>
{
    public override LanguageText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new LanguageText(reader.GetString(), null)
            : new LanguageText(null, JsonSerializer.Deserialize(ref reader, LanguageJson.Default.DictionaryStringString));

    public override void Write(Utf8JsonWriter writer, LanguageText value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Catalogues are written by people.");
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(LanguageFile))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class LanguageJson : JsonSerializerContext;
