/// The 15 nodes of Kronrod's rule on −1...1, with the weights of that rule and of Gauss's rule of 7 nodes among them.
///
/// The rules are exact for polynomials of degree 22 and 13; their difference estimates the error.
/// Kronrod 1965; Piessens et al. 1983, *QUADPACK*.
enum GaussKronrod {
  /// A place in −1...1 with its weight in either rule; 0 if Gauss's rule does not have the node.
  struct Node {
    let place, kronrod, gauss: Double
  }

  /// The nodes in ascending order.
  static let nodes: [Node] =
    half.map { Node(place: -$0.place, kronrod: $0.kronrod, gauss: $0.gauss) }
    + [Node(place: 0, kronrod: 0.209482141084727828, gauss: 0.417959183673469388)]
    + half.reversed()

  private static let half = [
    Node(place: 0.991455371120812639, kronrod: 0.022935322010529225, gauss: 0),
    Node(place: 0.949107912342758525, kronrod: 0.063092092629978553, gauss: 0.129484966168869693),
    Node(place: 0.864864423359769073, kronrod: 0.104790010322250184, gauss: 0),
    Node(place: 0.741531185599394440, kronrod: 0.140653259715525919, gauss: 0.279705391489276668),
    Node(place: 0.586087235467691130, kronrod: 0.169004726639267903, gauss: 0),
    Node(place: 0.405845151377397167, kronrod: 0.190350578064785410, gauss: 0.381830050505118945),
    Node(place: 0.207784955007898468, kronrod: 0.204432940075298892, gauss: 0),
  ]
}
