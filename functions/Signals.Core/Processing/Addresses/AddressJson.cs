using System.Text.Json.Serialization;

namespace Signals.Core.Processing.Addresses;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AddressJson : JsonSerializerContext;
