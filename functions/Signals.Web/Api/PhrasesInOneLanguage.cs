using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Api;

/// <summary>Answers phrases as strings of one language. Nothing is read through it.</summary>
internal class PhrasesInOneLanguage(Language language) : JsonConverter<Phrase>
{
    public override Phrase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The API answers phrases; it takes none.");

    public override void Write(Utf8JsonWriter writer, Phrase value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.In(language));
}

internal sealed class EnglishPhrases() : PhrasesInOneLanguage(Language.English);
