using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Daily.PersonFiles;

/// <summary>Source-generated contracts of what is given out of a person.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(PersonFile))]
[JsonSerializable(typeof(AccountFile))]
public sealed partial class PersonFileJson : JsonSerializerContext;
