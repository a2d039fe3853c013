using Signals.Core.Platform.Languages;

namespace Signals.Core.Tests;

/// <summary>What phrases say in the two languages that tests know by heart.</summary>
internal static class PhraseWords
{
    extension(Phrase phrase)
    {
        public string En => phrase.In("en");

        public string Fr => phrase.In("fr");
    }
}
