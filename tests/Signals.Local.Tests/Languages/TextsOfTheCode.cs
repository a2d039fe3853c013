using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Signals.Core.Platform.Languages;
using Signals.Testing;

namespace Signals.Local.Tests.Languages;

/// <summary>A text of the code, and where it is written.</summary>
/// <param name="Key">As catalogues know it: the text, with <c>{0}</c> and so on for its holes.</param>
/// <param name="One">What is said of one, of a counted text; else null.</param>
/// <param name="File">From the repository's root.</param>
/// <param name="Line">From 1.</param>
/// <param name="Member">The property it is written in; empty elsewhere.</param>
internal sealed record CodeText(string Key, string? One, string File, int Line, string Member);

/// <summary>
/// Every text that is passed to a parameter with <see cref="EnglishAttribute"/>, read from the sources; and what is passed there that is
/// none, such as a variable, whose text nobody could look up.
/// </summary>
internal sealed class TextsOfTheCode
{
    private const string GlobalUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; global using Signals.Web.Markup;
        """;

    private readonly List<CodeText> _texts = [];
    private readonly List<string> _faults = [];

    private TextsOfTheCode(IEnumerable<SyntaxTree> trees, SyntaxTree? only = null)
    {
        var rooms = trees.Prepend(CSharpSyntaxTree.ParseText(GlobalUsings)).ToList();
        // What the rooms are built on; the rooms themselves are read from their sources.
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Signals.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("texts", rooms, references, new(OutputKind.DynamicallyLinkedLibrary));
        var taking = rooms.SelectMany(tree => Taking(tree.GetRoot())).ToHashSet(StringComparer.Ordinal);
        foreach (var tree in rooms.Where(tree => only is null || tree == only))
        {
            SemanticModel? model = null;
            foreach (
                var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => taking.Contains(Name(call)))
            )
                Read(call, model ??= compilation.GetSemanticModel(tree));
        }
    }

    public IReadOnlyList<CodeText> All => _texts;

    /// <summary>What is passed for a text, and is none that is written there.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static TextsOfTheCode OfRepository()
    {
        string root = Repository.Root;
        return new TextsOfTheCode(
            Directory
                .EnumerateFiles(Path.Combine(root, "functions"), "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
                .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
                .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, path)), path: path))
        );
    }

    /// <param name="source">A file beside the languages of Core.</param>
    public static TextsOfTheCode Of(string source)
    {
        var sample = CSharpSyntaxTree.ParseText(source, path: "Sample.cs");
        return new TextsOfTheCode(
            Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "functions/Signals.Core/Platform/Languages"), "*.cs")
                .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path))
                .Append(sample),
            only: sample
        );
    }

    /// <summary>The names of the methods that take a text.</summary>
    private static IEnumerable<string> Taking(SyntaxNode root) =>
        root.DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Where(method =>
                method.ParameterList.Parameters.Any(parameter =>
                    parameter.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "English")
                )
            )
            .Select(method => method.Identifier.Text);

    private static string Name(InvocationExpressionSyntax call) =>
        call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
            SimpleNameSyntax name => name.Identifier.Text,
            MemberBindingExpressionSyntax member => member.Name.Identifier.Text,
            _ => "",
        };

    private void Read(InvocationExpressionSyntax call, SemanticModel model)
    {
        if (model.GetOperation(call) is not IInvocationOperation invocation)
        {
            // What source generators add is not among the sources, and calls with it in them cannot be read.
            var methods = model.GetSymbolInfo(call).CandidateSymbols.OfType<IMethodSymbol>().ToList();
            if (methods.Count == 0 ? call.ArgumentList.Arguments.Any(IsText) : methods.Any(method => method.Parameters.Any(IsEnglish)))
                Fault(call, "a call that cannot be read");
            return;
        }
        var taken = invocation.Arguments.Where(argument => argument.Parameter is { } parameter && IsEnglish(parameter)).ToList();
        if (taken is [{ Parameter.Name: "one" } one, { Parameter.Name: "many" } many])
        {
            if (Texts(one, model) is [var ofOne] && Texts(many, model) is [var ofMany])
                Add(call, ofMany, ofOne);
            return;
        }
        foreach (string text in taken.SelectMany(argument => Texts(argument, model)))
            Add(call, text, null);
    }

    private static bool IsText(ArgumentSyntax argument) =>
        argument.Expression is InterpolatedStringExpressionSyntax || argument.Expression.IsKind(SyntaxKind.StringLiteralExpression);

    private List<string> Texts(IArgumentOperation argument, SemanticModel model)
    {
        var syntax = argument.Syntax is ArgumentSyntax { Expression: var expression } ? expression : (ExpressionSyntax)argument.Syntax;
        var texts = new List<string>();
        Collect(syntax, model, texts);
        return texts;
    }

    private void Collect(ExpressionSyntax expression, SemanticModel model, List<string> texts)
    {
        if (model.GetConstantValue(expression) is { HasValue: true, Value: string constant })
        {
            texts.Add(constant);
            return;
        }
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                Collect(inner.Expression, model, texts);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                Collect(sure.Operand, model, texts);
                break;
            case ConditionalExpressionSyntax choice when !choice.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().Any():
                Collect(choice.WhenTrue, model, texts);
                Collect(choice.WhenFalse, model, texts);
                break;
            case SwitchExpressionSyntax choice when !choice.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().Any():
                foreach (var arm in choice.Arms.Where(arm => arm.Expression is not ThrowExpressionSyntax))
                    Collect(arm.Expression, model, texts);
                break;
            case InterpolatedStringExpressionSyntax or BinaryExpressionSyntax when Key(expression) is { } key:
                texts.Add(key);
                break;
            case var named when model.GetSymbolInfo(named).Symbol is { } symbol && IsEnglish(symbol):
                break;
            default:
                Fault(expression, "no text that is written there");
                break;
        }
    }

    /// <summary>The text of an interpolated string, or of a sum of them.</summary>
    private static string? Key(ExpressionSyntax expression)
    {
        var key = new StringBuilder();
        int holes = 0;
        return Append(expression) ? key.ToString() : null;

        bool Append(ExpressionSyntax part)
        {
            switch (part)
            {
                case BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression):
                    return Append(sum.Left) && Append(sum.Right);
                case InterpolatedStringExpressionSyntax text:
                    foreach (var content in text.Contents)
                    {
                        if (content is InterpolatedStringTextSyntax words)
                            key.Append(words.TextToken.ValueText);
                        else
                            key.Append('{').Append(holes++).Append('}');
                    }
                    return true;
                default:
                    return false;
            }
        }
    }

    private static bool IsEnglish(ISymbol symbol) =>
        symbol is IParameterSymbol or IPropertySymbol
        && symbol
            .GetAttributes()
            .Concat(
                // A record's property is declared by its parameter.
                symbol is IPropertySymbol
                    ? symbol
                        .ContainingType.InstanceConstructors.SelectMany(made => made.Parameters)
                        .Where(parameter => parameter.Name == symbol.Name)
                        .SelectMany(parameter => parameter.GetAttributes())
                    : []
            )
            .Any(attribute => attribute.AttributeClass?.Name == nameof(EnglishAttribute));

    private void Add(SyntaxNode node, string key, string? one) =>
        _texts.Add(
            new CodeText(
                key,
                one,
                node.SyntaxTree.FilePath,
                LineOf(node),
                node.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Identifier.Text ?? ""
            )
        );

    private void Fault(SyntaxNode node, string what) => _faults.Add($"{node.SyntaxTree.FilePath}:{LineOf(node)}: {what}: {node}");

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
