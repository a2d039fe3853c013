namespace Signals.Messages.Syntax;

/// <summary>
/// A run of plain text or one tag. <paramref name="Offset"/> is where it starts; <paramref name="Content"/> is a tag's inside, trimmed.
/// </summary>
internal readonly record struct TemplateToken(TokenKind Kind, string Text, string Content, int Offset)
{
    /// <summary>Steers and writes nothing itself.</summary>
    public bool IsControl => Kind is TokenKind.Open or TokenKind.Close or TokenKind.Else or TokenKind.Comment;
}

internal enum TokenKind
{
    Literal,

    /// <summary>{{path}} or {{helper argument}}</summary>
    Value,

    /// <summary>{{#helper argument}}</summary>
    Open,

    /// <summary>{{/helper}}</summary>
    Close,

    /// <summary>{{else}} or {{else if path}}</summary>
    Else,

    Comment,

    /// <summary>{{{path}}} or {{&amp;path}}: never allowed, what customers typed would become HTML.</summary>
    Unescaped,

    /// <summary>{{&gt; name}}: only the layout has them.</summary>
    Part,

    /// <summary>A tag that does not end.</summary>
    Broken,
}
